/** Letters of other scripts that look like Latin ones, in lower case. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
  }),
);

/** Digits that stand for letters. */
const DIGITS: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
]);

/** A word as it is meant to be read: in lower case, without letters of other scripts or digits in place of letters. */
export function foldWord(word: string): string {
  const plain = word.normalize('NFKC').toLowerCase();
  if (/^[a-z_]*$/u.test(plain)) return plain;
  const latin = mixesScripts(plain) ? replaceEach(plain, LOOKALIKES) : plain;
  return /^[a-z]*\d[a-z][a-z\d]*$|^[a-z]+\d[a-z\d]*$/u.test(latin) ? replaceEach(latin, DIGITS) : latin;
}

/** Whether letters of another script stand among Latin ones and look like them. */
export function mixesScripts(word: string): boolean {
  const plain = word.toLowerCase();
  if (!/[a-z]/u.test(plain)) return false;
  const others = plain.match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu) ?? [];
  return others.length > 0 && others.every((letter) => LOOKALIKES.has(letter));
}

function replaceEach(word: string, letters: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => letters.get(letter) ?? letter).join('');
}
