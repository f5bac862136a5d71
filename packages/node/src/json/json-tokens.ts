/**
 * The parts of a text inside JSON that decide where it ends: strings, comments, brackets and colons. What is not
 * closed reaches to the end of the text, so that the search never looks twice at the same characters.
 */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$)|[{}[\]:]/gs;

const UNKNOWN_ESCAPE_OR_CONTROL = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\|\p{Cc}/gu;

/** One part of a JSON text. */
export interface JsonToken {
  readonly text: string;
  /** Where the next part may begin. */
  readonly end: number;
}

/** The tokens of a JSON text from a place on. */
export function* jsonTokens(text: string, from = 0): Generator<JsonToken> {
  const pattern = new RegExp(TOKEN);
  pattern.lastIndex = from;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    yield { text: found[0], end: pattern.lastIndex };
  }
}

/** How many `"name": value` pairs a valid JSON text has. */
export function countMembers(text: string): number {
  let members = 0;
  for (const token of jsonTokens(text)) {
    if (token.text === ':') members += 1;
  }
  return members;
}

/**
 * Rewrites the strings of a JSON text so that JSON knows everything in them: an escape JSON does not know stands for
 * its backslash and its character, as in a regular expression or a Windows path, and a bare line break for itself.
 */
export function repairStrings(text: string): string {
  return text.replace(TOKEN, (token) => (token.startsWith('"') ? repairString(token) : token));
}

function repairString(token: string): string {
  return token.replace(UNKNOWN_ESCAPE_OR_CONTROL, (found) => {
    if (found === '\\') return '\\\\';
    return found.startsWith('\\') ? found : JSON.stringify(found).slice(1, -1);
  });
}
