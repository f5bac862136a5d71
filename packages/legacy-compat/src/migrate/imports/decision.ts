import { type Edit, indentation, lineEnding, lineStart } from './edit.ts';

/** A place where a person has to decide. */
export interface Decision {
  /** The beginning of the statement the comment goes above: the first in its line. */
  readonly place: number;
  readonly why: string;
}

const MARK = 'jarvis-migrate:';

/** The comments for decisions; what was told before is not told again. */
export function commentEdits(
  text: string,
  decisions: readonly Decision[],
  sign: '#' | '//',
): readonly Edit[] {
  const ending = lineEnding(text);
  const byLine = Map.groupBy(decisions, ({ place }) => lineStart(text, place));
  return [...byLine].flatMap(([start, found]) => {
    const place = found[0]?.place ?? start;
    const told = toldAbove(text, start);
    const lines = [...new Set(found.map(({ why }) => `${sign} ${MARK} ${why}`))].filter(
      (line) => !told.includes(line),
    );
    const indent = indentation(text, place);
    return lines.length === 0
      ? []
      : [{ from: start, to: start, text: lines.map((line) => indent + line + ending).join('') }];
  });
}

/** The comments of an earlier call right above a line, the nearest first. */
function toldAbove(text: string, start: number): readonly string[] {
  const told: string[] = [];
  for (let end = start - 1; end >= 0;) {
    const from = lineStart(text, end);
    const line = text.slice(from, end);
    if (!line.includes(MARK)) return told;
    told.push(line.trim());
    end = from - 1;
  }
  return told;
}
