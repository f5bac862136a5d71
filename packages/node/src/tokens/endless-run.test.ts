import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hasEndlessRun, mayHaveEndlessRun } from './endless-run.ts';

const PLAIN = /[\p{L}\p{M}]{512}|[^\s\p{L}\p{N}]{512}|\s{512}/u;

describe('hasEndlessRun', () => {
  it.each(['a', 'é', '=', ' ', '\n', '🙂', '\u{301}', 'a\u{301}', '\u{2003}'])(
    'finds %j without end, wherever',
    (unit) => {
      const run = unit.repeat(512);

      expect(hasEndlessRun(run)).toBe(true);
      expect(hasEndlessRun(`1 some, text. ${run}1`)).toBe(true);
      expect(hasEndlessRun(`${run.slice(0, 511)}1${run.slice(0, 511)}`)).toBe(PLAIN.test(run.slice(0, 511)));
    },
  );

  it('finds none in digits, and none in what people write', () => {
    expect(hasEndlessRun('1'.repeat(2_000))).toBe(false);
    expect(hasEndlessRun('Knots: over, under and through. '.repeat(200))).toBe(false);
    expect(mayHaveEndlessRun('Überall Köpfe & Füße, naïve Prosa. '.repeat(200))).toBe(false);
  });

  it('agrees with the plain pattern about any text made of long runs', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      'é',
      '漢',
      ' ',
      '\n',
      '\u{a0}',
      '=',
      '\u{301}',
      '🙂',
      '𝒜',
      '7',
      '٣',
      '\ud800',
    );
    const run = fc.tuple(unit, fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 250, max: 520 })));

    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), (runs) => {
        const text = runs.map(([each, times]) => each.repeat(times)).join('');

        expect(hasEndlessRun(text)).toBe(PLAIN.test(text));
      }),
      { numRuns: 1_000 },
    );
  });
});
