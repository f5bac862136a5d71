import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldSession } from './fold-session.ts';
import type { RunSummary } from './run-summary.ts';

function summary(runId: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    runId,
    task: `Task of ${runId}`,
    status: 'done',
    isSimulated: false,
    startedAtMs: 1_000,
    updatedAtMs: 2_000,
    decisions: [],
    findings: [],
    open: [],
    files: [],
    spentUsd: 0,
    ...changes,
  };
}

const first = summary('r1', {
  startedAtMs: 1,
  status: 'partial',
  message: 'Stopped after 3 rounds.',
  open: ['Add a footer'],
  findings: [{ severity: 'error', source: 'html', file: 'index.html', line: 3, description: 'No title' }],
  files: ['index.html', 'style.css'],
  spentUsd: 0.1,
});
const second = summary('r2', {
  startedAtMs: 2,
  decisions: ['Use no framework'],
  open: ['Add a footer'],
  spentUsd: 0.2,
});

describe('foldSession', () => {
  it('is empty without runs', () => {
    expect(foldSession([])).toEqual({ runs: [], entries: [], outcomes: {}, spentUsd: 0 });
  });

  it('tells how runs ended, what they left open, found and decided, newest first', () => {
    const { runs, entries, outcomes, spentUsd } = foldSession([first, second]);

    expect(runs.map(({ runId }) => runId)).toEqual(['r2', 'r1']);
    expect(entries.map(({ id, text }) => `${id} ${text}`)).toEqual([
      'r2/outcome-1 "Task of r2": done.',
      'r2/open-1 Add a footer',
      'r2/decision-1 Use no framework',
      'r1/outcome-1 "Task of r1": partial. It wrote index.html, style.css. Stopped after 3 rounds.',
      'r1/finding-1 error in index.html:3: No title',
    ]);
    expect(outcomes).toEqual({ done: 1, partial: 1 });
    expect(spentUsd).toBe(0.3);
  });

  it('says nothing of runs and entries that are forgotten', () => {
    const { runs, entries, spentUsd } = foldSession([first, second], new Set(['r1', 'r2/decision-1']));

    expect(runs).toEqual([second]);
    expect(entries.map(({ id }) => id)).toEqual(['r2/outcome-1', 'r2/open-1']);
    expect(spentUsd).toBe(0.2);
  });

  it('makes one short line of what models wrote', () => {
    const { entries } = foldSession([summary('r1', { open: [`First\n\n  second ${'𝒙'.repeat(900)}`] })]);

    const text = entries[1]?.text ?? '';

    expect(text.startsWith('First second 𝒙')).toBe(true);
    expect([...text]).toHaveLength(500);
    expect(text.isWellFormed()).toBe(true);
  });

  it('does not depend on the order of the runs', () => {
    const runs = [first, second, summary('r3', { startedAtMs: 2, isSimulated: true }), summary('r4')];

    fc.assert(
      fc.property(fc.shuffledSubarray(runs, { minLength: 4 }), (shuffled) => {
        expect(foldSession(shuffled)).toEqual(foldSession(runs));
      }),
    );
  });
});
