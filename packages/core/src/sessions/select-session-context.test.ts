import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldSession } from './fold-session.ts';
import type { RunSummary } from './run-summary.ts';
import { selectSessionContext } from './select-session-context.ts';

const run: Omit<RunSummary, 'runId' | 'task' | 'startedAtMs'> = {
  status: 'done',
  isSimulated: false,
  updatedAtMs: 5,
  decisions: [],
  findings: [],
  open: [],
  files: [],
  spentUsd: 0,
};

const session = foldSession([
  { ...run, runId: 'r1', task: 'Build the checkout', startedAtMs: 1, decisions: ['Prices are whole cents'] },
  { ...run, runId: 'r2', task: 'Write the imprint', startedAtMs: 2, open: ['The address is missing'] },
]);

const count = (text: string) => text.length;
const plenty = { budgetTokens: 10_000, count };

describe('selectSessionContext', () => {
  it('tells first what has to do with the task', () => {
    const { text, leftOut } = selectSessionContext(session, {
      ...plenty,
      task: 'Show prices in the checkout',
    });

    expect(text.split('\n')).toEqual([
      '- decision: Prices are whole cents',
      '- outcome: "Build the checkout": done.',
      '- open: The address is missing',
      '- outcome: "Write the imprint": done.',
    ]);
    expect(leftOut).toBe(0);
  });

  it('tells what is open and new when nothing has to do with the task', () => {
    const { entries } = selectSessionContext(session, { ...plenty, task: 'Anything and all for you' });

    expect(entries.map(({ id }) => id)).toEqual([
      'r2/open-1',
      'r2/outcome-1',
      'r1/decision-1',
      'r1/outcome-1',
    ]);
  });

  it('passes over what does not fit and takes what does', () => {
    const budgetTokens = '- open: The address is missing'.length + 5;

    const context = selectSessionContext(session, { task: 'Write the imprint', budgetTokens, count });

    expect(context.entries.map(({ id }) => id)).toEqual(['r2/open-1']);
    expect(context.leftOut).toBe(3);
  });

  it('says nothing when there is nothing to say, or no room to say it', () => {
    const none = { text: '', entries: [], tokens: 0 };

    expect(selectSessionContext(foldSession([]), { ...plenty, task: 'x' })).toEqual({ ...none, leftOut: 0 });
    expect(selectSessionContext(session, { task: 'x', budgetTokens: 0, count })).toEqual({
      ...none,
      leftOut: 4,
    });
  });

  it('never takes more than its budget, and always says the same', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.string(), (budgetTokens, task) => {
        const context = selectSessionContext(session, { task, budgetTokens, count });

        expect(count(context.text)).toBe(context.tokens);
        expect(context.tokens).toBeLessThanOrEqual(budgetTokens);
        expect(context.entries.length + context.leftOut).toBe(session.entries.length);
        expect(selectSessionContext(session, { task, budgetTokens, count })).toEqual(context);
      }),
    );
  });
});
