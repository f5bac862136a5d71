import { visibleText } from '../project/visible-text.ts';
import type { ImportsPlan } from './plan-imports.ts';
import type { WrittenImports } from './write-imports.ts';

const MOST_MENTIONS = 5;

/** Renders a plan as a diff with a summary; `written` says what was done with it. */
export function renderImports(plan: ImportsPlan, written?: WrittenImports): string {
  const { files, unread, left, mentions } = plan;
  const changed = files.filter(({ before, after }) => before !== after);
  const decisions = files.flatMap(({ path, decisions: open }) =>
    open.map(
      ({ line, statement, why }) =>
        `  ${visibleText(path)}:${String(line)}: ${visibleText(statement)}\n    ${why}`,
    ),
  );
  const rewritten = files.reduce((sum, file) => sum + file.rewritten, 0);
  const lines = [
    ...changed.map(({ diff }) => diff.replaceAll('\r\n', '\n').trimEnd()),
    ...(changed.length === 0 ? [] : ['']),
    `${String(rewritten)} imports rewritten in ${String(changed.length)} files, ${String(decisions.length)} places left to a person`,
    ...block('left to a person (a comment says so):', decisions),
    ...block(
      'loads of a name that only a run can tell (no comment was written; look whether it is an old module):',
      files.flatMap(({ path, untold }) =>
        untold.map(
          ({ line, statement }) => `  ${visibleText(path)}:${String(line)}: ${visibleText(statement)}`,
        ),
      ),
    ),
    ...renderMentions(mentions),
    ...block(
      'not read, or not all of it:',
      unread.map(({ path, problem }) => `  ${visibleText(path)}: ${problem}`),
    ),
    ...block(
      'left as they are (the old modules themselves, the bridge):',
      left.map((path) => `  ${visibleText(path)}`),
    ),
    ...closing(changed.length, written),
  ];
  return `${lines.join('\n')}\n`;
}

/** A document is one thing, what starts a run another; which of them it is, a person sees at once. */
function renderMentions(mentions: ImportsPlan['mentions']): readonly string[] {
  if (mentions.length === 0) return [];
  const places = mentions.map(({ path, line }) => `${visibleText(path)}:${String(line)}`);
  const shown = places.slice(0, MOST_MENTIONS).join(', ') + (places.length > MOST_MENTIONS ? ', …' : '');
  return [
    `${String(places.length)} mentions outside code (${shown}): they are not rewritten; see jarvis migrate inspect`,
  ];
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function closing(changed: number, written: WrittenImports | undefined): readonly string[] {
  if (changed === 0) return ['Nothing has to be written.'];
  if (written?.snapshotId === undefined) return ['Nothing was written. To write it, add --write.'];
  return [`Written. Back to what it was: jarvis migrate rollback ${written.snapshotId}`];
}
