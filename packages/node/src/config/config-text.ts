/** What a configuration file says, or why it says nothing. */
export type ConfigText =
  | { readonly status: 'parsed'; readonly value: unknown }
  | { readonly status: 'refused'; readonly problems: readonly string[] };

/** The deepest nesting a configuration file may have; its own schema needs five levels. */
export const MAX_DEPTH = 64;

export const TOO_DEEP = `it is nested deeper than ${String(MAX_DEPTH)} levels.`;

/** A text that cannot be used, with one or more reasons. */
export function refuse(...problems: readonly string[]): ConfigText {
  return { status: 'refused', problems };
}

/** Where something stands in a text, for people: `line 3, column 14`. */
export function renderPlace(line: number, column: number): string {
  return `line ${String(line)}, column ${String(column)}`;
}
