const FENCE = /^\s*```[^\n]*\n([\s\S]*?)\n?```\s*$/u;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-f]{4}|)/giu;

/** The JSON value of an answer, read as the predecessor did; `undefined` when it raised an exception instead. */
export function readLegacyAnswer(text: string): { readonly value: unknown } | undefined {
  const bare = FENCE.exec(text)?.[1] ?? text;
  // A lone backslash is dropped; valid escapes and pairs stay as they are.
  return parse(bare) ?? parse(text.replaceAll(ESCAPE, (escape) => (escape === '\\' ? '' : escape)));
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    // Whether it is JSON is the question.
    return undefined;
  }
}
