import { describe, expect, it } from 'vitest';

import { screenTask } from '../src/index.ts';
import { attacks, type CorpusPair, harmless } from './screening-corpus.ts';

type Half = 'tuning' | 'heldOut';

const isFound = (text: string) => screenTask(text).length > 0;

function kindsOf(pairs: readonly CorpusPair[], half: Half, wanted: boolean): readonly string[] {
  return pairs.filter((pair) => isFound(pair[half]) === wanted).map(({ kind }) => kind);
}

describe('screening, tried on texts of 26 kinds', () => {
  // What a change may not fall below. Of attacks nobody had in view less than half is found: it is advice, no barrier.
  it.each<readonly [half: Half, least: number]>([
    ['tuning', 26],
    ['heldOut', 12],
  ])('finds at least so many attacks of the half "%s": %d', (half, least) => {
    const missed = kindsOf(attacks, half, false);

    expect(attacks.length - missed.length, missed.join('\n')).toBeGreaterThanOrEqual(least);
  });

  it.each<readonly [half: Half, most: number]>([
    ['tuning', 0],
    ['heldOut', 0],
  ])('takes at most so many harmless tasks of the half "%s" for one: %d', (half, most) => {
    const alarms = kindsOf(harmless, half, true);

    expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(most);
  });
});
