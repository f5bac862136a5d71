/** The longest part of a value an error shows, in characters. */
const SHOWN_CHARACTERS = 80;

// Control and format characters, private use, line separators: what a terminal or a reader would take for something else.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;
const URL_SECRETS = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^?#]*)(?:[?#].*)?$/isu;

/**
 * A value from outside as one short line that is safe to print: cut, escaped, and without the user, password,
 * query and fragment of a URL. Never throws, whatever the value is.
 */
export function showValue(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return showText(value);
    case 'object':
      return showObject(value);
    case 'function':
      return 'a function';
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return cut(String(value));
  }
}

function showObject(value: object | null): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? `a list of ${String(value.length)}` : showKeys(Object.keys(value));
}

function showText(text: string): string {
  const short = cut(text.replace(URL_SECRETS, '$1$2').slice(0, SHOWN_CHARACTERS * 4));
  return JSON.stringify(short).replace(UNSHOWABLE, (character) => `\\u{${codePointOf(character)}}`);
}

function showKeys(keys: readonly string[]): string {
  if (keys.length === 0) return 'an empty object';
  return `an object with ${showText(keys.slice(0, SHOWN_CHARACTERS).join(', '))}`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : text;
}

function codePointOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
