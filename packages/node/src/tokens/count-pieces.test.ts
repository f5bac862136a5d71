import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countByPieces } from './count-pieces.ts';
import { loadEncoding } from './encoding.ts';

/** Whatever the encodings treat in a way of its own, so that most texts have places where a cut might be wrong. */
const UNITS = [
  ' ', '  ', '\n', '\r', '\t', '/', '//', '.', ',', ':', '!', ';', '"', "'s", "'LL", 'a', 'The', 'knots', 'É', 'e\u0301', '\u0301',
  '7', '1234', '\u00a0', '\u2028', '字', '🙂', '\ud800', '<|endoftext|>', '{', '*',
]; // prettier-ignore

describe('countByPieces', () => {
  it.each(['o200k_base', 'cl100k_base'] as const)('counts every text as %s does', (name) => {
    const countTable = loadEncoding(name);
    const count = countByPieces(countTable);
    const text = fc.array(fc.constantFrom(...UNITS), { maxLength: 40 }).map((units) => units.join(''));

    fc.assert(
      fc.property(text, (drawn) => {
        expect(count(drawn)).toBe(countTable(drawn));
      }),
      { numRuns: 20_000 },
    );
  });

  it('asks the table once for a line that comes again in another text', () => {
    const asked: string[] = [];
    const count = countByPieces((piece) => asked.push(piece));

    count('One line.\nAnother line.\nThe third line.');
    count('One line.\nA changed line.\nThe third line.');

    expect(asked).toEqual(['One line.\n', 'Another line.\n', 'The third line.', 'A changed line.\n']);
  });

  it('forgets what was counted long ago', () => {
    const asked: string[] = [];
    const count = countByPieces((piece) => asked.push(piece));
    const others = Array.from({ length: 9_000 }, (_, index) => `line ${String(index)}\n`).join('');

    count('the first line');
    count(others);
    count('the first line');

    expect(asked.filter((piece) => piece === 'the first line')).toHaveLength(2);
  });

  it('does not remember a piece that is too long', () => {
    const asked: string[] = [];
    const count = countByPieces((piece) => asked.push(piece));

    count('x'.repeat(161));
    count('x'.repeat(161));

    expect(asked).toHaveLength(2);
  });
});
