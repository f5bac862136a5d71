import type { RunResult } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { renderResult } from './terminal-reporter.ts';

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

  it('names commands that find the run where it is kept', () => {
    expect(renderResult(result, '/elsewhere')).toContain('details: jarvis show r1 --state-dir /elsewhere\n');
  });
});
