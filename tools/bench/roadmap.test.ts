import { expect, it } from 'vitest';

import { measureRoadmap } from './roadmap.ts';

it('tells what each kind of mutation takes, and what versions hold', { timeout: 60_000 }, async () => {
  const lines = await measureRoadmap({ stages: 20, repeats: 3, versions: 200 });

  const kinds = ['start', 'block', 'skip', 'add', 'drop', 'split', 'merge', 'reorder'];
  expect(lines.slice(0, 8).map((line) => line.split(' ')[0])).toEqual(kinds);
  expect(lines.slice(8)).toEqual([
    expect.stringMatching(/^200 versions of 2 stages: [\d,]+ bytes a version, [\d,]+ of them the change$/u),
    expect.stringMatching(/^200 versions of 20 stages: [\d,]+ bytes a version, [\d,]+ of them the change$/u),
    expect.stringMatching(/^an earlier version: [\d.]+ ms, [\d.]+ ms at most$/u),
  ]);
});
