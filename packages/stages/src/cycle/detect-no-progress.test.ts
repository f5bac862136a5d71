import type { Finding } from '@jarvis/core';
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
    ['ABCABC', undefined, { pattern: 'alternation', rounds: [0, 1, 2, 3, 4, 5] }],
    ['ABCABC', { longestTurn: 2 }, undefined],
    ['ABCDABCD', undefined, undefined],
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
    ['longestTurn', { longestTurn: 1 }],
    ['stalls', { stalls: 1 }],
  ])('refuses a limit for %s that means nothing: %j', (limit, limits) => {
    expect(() => detectNoProgress([], limits)).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_INVALID_LIMIT', limit }),
    );
  });

  it('sees the same change with the same findings again, although the content grows', () => {
    const rounds = ['a1', 'b2', 'c3'].map((contentHash, index) => ({
      contentHash,
      fingerprints: ['x'],
      diffHash: index === 0 ? 'first' : 'the same block once more',
    }));

    expect(detectNoProgress(rounds.slice(0, 2))).toBeUndefined();
    expect(detectNoProgress(rounds)).toEqual({ pattern: 'repeat', rounds: [0, 1, 2] });
  });

  it('stops after four fixes that left what is wrong as it was, and not when one of them settled something', () => {
    const stalled = [0, 1, 2, 3, 4].map((round) => ({
      contentHash: String(round),
      fingerprints: [`x${String(round)}`, `y${String(round)}`],
      findings: [remark('the price has no currency'), remark(`something new ${'!'.repeat(round)}`)],
    }));
    const better = stalled.map((round, index) =>
      index < 3 ? round : { ...round, findings: round.findings.slice(0, 1) },
    );

    expect(detectNoProgress(stalled.slice(0, 4))).toBeUndefined();
    expect(detectNoProgress(stalled)).toEqual({ pattern: 'stall', rounds: [0, 1, 2, 3, 4] });
    expect(detectNoProgress(better)).toBeUndefined();
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
          findings: names.slice(index).map(remark),
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
        expect(found === 'alternation').toBe(
          !/(.)\1\1$/.test(text) && (/(.)(?!\1)(.)\1\2$/.test(text) || hasTurnsOfThree(text)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/** Three that take turns, no two neighbours alike; two of them may be. */
function hasTurnsOfThree(text: string): boolean {
  return /(...)\1$/.test(text) && !/(.)\1/.test(text.slice(-6));
}

function remark(quote: string): Finding {
  return { severity: 'warning', source: 'supervisor', quote, description: 'Say it better.' };
}

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
