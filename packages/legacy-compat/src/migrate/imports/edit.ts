/** A change of a text: what stands between two places is replaced. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Carries out changes that do not overlap, each place meant in the text as it was. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((one, other) => one.from - other.from || one.to - other.to);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return [...parts, text.slice(at)].join('');
}

/** Where the line of a place begins. */
export function lineStart(text: string, place: number): number {
  return text.lastIndexOf('\n', place - 1) + 1;
}

/** How the lines of a text end. */
export function lineEnding(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Whether only white space stands before a place in its line, and the line does not go on from the one above. */
export function isFirstInLine(text: string, place: number): boolean {
  const start = lineStart(text, place);
  return (
    text.slice(start, place).trim() === '' && !/\\\r?\n$/u.test(text.slice(Math.max(0, start - 3), start))
  );
}

/** The indentation of the line of a place. A form feed at its beginning is no part of it. */
export function indentation(text: string, place: number): string {
  return /^[^\S\n]*/u.exec(text.slice(lineStart(text, place), place))?.[0].replaceAll('\f', '') ?? '';
}
