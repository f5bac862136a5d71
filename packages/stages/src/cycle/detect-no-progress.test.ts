import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { detectNoProgress } from './detect-no-progress.ts';
import type { AuditRound, NoProgressLimits } from './detect-no-progress.ts';

describe('detectNoProgress', () => {
  it.each<[string, NoProgressLimits | undefined, unknown]>([
    ['', undefined, undefined],
    ['A', undefined, undefined],
    ['AA', undefined, undefined],
    ['AAA', undefined, { pattern: 'repeat', rounds: [0, 1, 2] }],
    ['BCAAA', undefined, { pattern: 'repeat', rounds: [2, 3, 4] }],
    ['AAAB', undefined, undefined],
    ['ABA', undefined, undefined],
    ['ABAB', undefined, { pattern: 'alternation', rounds: [0, 1, 2, 3] }],
    ['CABAB', undefined, { pattern: 'alternation', rounds: [1, 2, 3, 4] }],
    ['ABABC', undefined, undefined],
    ['ABCABC', undefined, undefined],
    ['AABB', undefined, undefined],
    ['AA', { repeats: 1 }, { pattern: 'repeat', rounds: [0, 1] }],
    ['AAA', { repeats: 3 }, undefined],
    ['AAAA', { repeats: 3 }, { pattern: 'repeat', rounds: [0, 1, 2, 3] }],
    ['ABABA', { alternations: 3 }, undefined],
    ['ABABAB', { alternations: 3 }, { pattern: 'alternation', rounds: [0, 1, 2, 3, 4, 5] }],
  ])('reads the rounds %j with limits %j', (letters, limits, expected) => {
    expect(detectNoProgress(roundsOf(letters), limits)).toEqual(expected);
  });

  it('counts the same findings in other content as progress, and other findings in the same content', () => {
    const moved = ['a1', 'b2', 'c3', 'd4'].map((contentHash) => ({ contentHash, fingerprints: ['x'] }));
    const others = ['x', 'y', 'z', 'w'].map((each) => ({ contentHash: 'a1', fingerprints: [each] }));

    expect(detectNoProgress(moved)).toBeUndefined();
    expect(detectNoProgress(others)).toBeUndefined();
  });

  it('does not go by the order of findings, nor by how often one is named', () => {
    const rounds = [
      ['x', 'y'],
      ['y', 'x'],
      ['x', 'y', 'x'],
    ].map((fingerprints) => ({ contentHash: 'a1', fingerprints }));

    expect(detectNoProgress(rounds)?.pattern).toBe('repeat');
  });

  it.each([
    ['repeats', { repeats: 0 }],
    ['repeats', { repeats: 1.5 }],
    ['alternations', { alternations: 1 }],
    ['alternations', { alternations: Number.NaN }],
  ])('refuses a limit for %s that means nothing: %j', (limit, limits) => {
    expect(() => detectNoProgress([], limits)).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_INVALID_LIMIT', limit }),
    );
  });

  it('never stops a stage whose rounds all differ', () => {
    const healthy = fc.uniqueArray(fc.nat(), { maxLength: 40 });

    fc.assert(
      fc.property(healthy, (states) => {
        const rounds = states.map((state) => ({
          contentHash: String(state % 7),
          fingerprints: [String(state)],
        }));

        expect(newestOfEach(rounds).map((some) => detectNoProgress(some))).toEqual(
          rounds.map(() => undefined),
        );
      }),
    );
  });

  it('never stops a stage that settles a finding in each round, whatever happens to the content', () => {
    const content = fc.array(fc.constantFrom('a1', 'b2'), { minLength: 1, maxLength: 12 });

    fc.assert(
      fc.property(content, (hashes) => {
        const names = hashes.map((_, index) => `finding ${String(index)}`);
        const rounds = hashes.map((contentHash, index) => ({
          contentHash,
          fingerprints: names.slice(index),
        }));

        expect(newestOfEach(rounds).map((some) => detectNoProgress(some))).toEqual(
          rounds.map(() => undefined),
        );
      }),
    );
  });

  it('agrees with the patterns read as text', () => {
    const letters = fc.string({ maxLength: 9, unit: fc.constantFrom('A', 'B', 'C') });

    fc.assert(
      fc.property(letters, (text) => {
        const found = detectNoProgress(roundsOf(text))?.pattern;

        expect(found === 'repeat').toBe(/(.)\1\1$/.test(text));
        expect(found === 'alternation').toBe(/(.)(?!\1)(.)\1\2$/.test(text));
      }),
      { numRuns: 1000 },
    );
  });
});

function roundsOf(letters: string): readonly AuditRound[] {
  return [...letters].map((letter) => ({
    contentHash: `content ${letter}`,
    fingerprints: [`finding ${letter}`],
  }));
}

/** The rounds as they stood after the first, the second and so on. */
function newestOfEach(rounds: readonly AuditRound[]): readonly (readonly AuditRound[])[] {
  return rounds.map((_, index) => rounds.slice(0, index + 1));
}
