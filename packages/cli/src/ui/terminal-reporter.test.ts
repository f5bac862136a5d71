import type { RunResult } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { renderResult, renderSpent } from './terminal-reporter.ts';

const result: RunResult = {
  runId: 'r1',
  status: 'stopped',
  reason: 'budget',
  message: 'Cost cap reached.',
  nextCommand: 'jarvis resume r1 --max-cost <US dollars>',
  mode: 'SIMPLE_2LOOP',
  isSimulated: false,
  workspace: '/project',
  rounds: [],
  files: [],
  commits: [{ id: 'b'.repeat(40), subject: 'JARVIS round 1: approved' }],
  cost: { capUsd: 'unlimited', spentUsd: 0.5, inDoubtUsd: 0.02, inDoubtCalls: 2, calls: 4, lines: [] },
};

describe('renderResult', () => {
  it('names commits, money in doubt, and the next command', () => {
    const text = renderResult(result);

    expect(text).toContain('stopped: Cost cap reached.');
    expect(text).toContain('cost: $0.50 of unlimited, with 2 calls in doubt, up to $0.02');
    expect(text).toContain('files: none');
    expect(text).toContain('  bbbbbbbbbb JARVIS round 1: approved');
    expect(text).toContain('next: jarvis resume r1 --max-cost <US dollars>');
  });

  it('says from when on there is use in going on', () => {
    const text = renderResult({ ...result, retryAtMs: Date.UTC(2026, 10, 22, 16, 5, 7) });

    expect(text).toContain('can go on: after 2026-11-22 16:05:07 UTC\nnext: jarvis resume');
    expect(renderResult({ ...result, retryAtMs: Number.MAX_VALUE })).not.toContain('can go on');
  });

  it('names commands that find the run where it is kept', () => {
    expect(renderResult(result, '/elsewhere')).toContain('details: jarvis show r1 --state-dir /elsewhere\n');
  });
});

describe('renderSpent', () => {
  it.each([
    [0.25, 0.5, '$0.25 of $0.50'],
    [0.02, 0.02, '$0.02 of $0.02'],
    [0.0199, 0.02, '$0.0199 of $0.0200'],
    [1.000_000_001, 1, '$1.000000001 of $1.000000000'],
    [0.004, 'unlimited', '$0.004000 of unlimited'],
  ] as const)('shows %d of %s so that the difference is seen', (spentUsd, capUsd, text) => {
    expect(renderSpent({ spentUsd, capUsd })).toBe(text);
  });
});
