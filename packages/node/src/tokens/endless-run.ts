/**
 * Letters, marks or spaces without end, which no table has a quick answer for: the time to count them grows with the
 * square of their number. Text of people and programs has none.
 */
const ENDLESS = /[\p{L}\p{M}]{512}|[^\s\p{L}\p{N}]{512}|\s{512}/u;

/** The shortest stretch that counts as endless, in characters. */
const ENDLESS_LENGTH = 512;

const [DIGIT, SPACE, LETTER, MARK] = [0, 1, 2, 3];

/** What each character of ASCII is. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/u.test(character)) return DIGIT;
  if (/\s/u.test(character)) return SPACE;
  return /[a-z]/iu.test(character) ? LETTER : MARK;
});

/** Tells whether a text holds letters, marks or spaces without end. */
export function hasEndlessRun(text: string): boolean {
  return mayHaveEndlessRun(text) && ENDLESS.test(text);
}

/** Never wrong about a text that has one. A character beyond ASCII, or half of one, passes for whatever is around it. */
export function mayHaveEndlessRun(text: string): boolean {
  let kind = DIGIT;
  let length = 0;
  let unknown = 0;
  for (let index = 0; index < text.length; index += 1) {
    const found = KINDS[text.charCodeAt(index)];
    if (found === undefined) unknown += 1;
    else if (found !== kind) {
      length = unknown;
      kind = found;
    }
    if (found !== undefined) unknown = 0;
    length = found === DIGIT ? 0 : length + 1;
    if (length >= ENDLESS_LENGTH) return true;
  }
  return false;
}
