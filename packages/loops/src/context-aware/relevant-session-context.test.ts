import { foldSession, quoteUntrusted, type RunSummary } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { relevantContextSchema } from '../engine/relevant-context.ts';
import { relevantSessionContext } from './relevant-session-context.ts';

const RUN: Omit<RunSummary, 'runId' | 'task' | 'startedAtMs'> = {
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
  { ...RUN, runId: 'r1', task: 'Build the checkout', startedAtMs: 1, decisions: ['Prices are whole cents'] },
  { ...RUN, runId: 'r2', task: 'Write the imprint', startedAtMs: 2, open: ['The "address" is missing'] },
  {
    ...RUN,
    runId: 'r3',
    task: 'Show prices',
    startedAtMs: 3,
    isSimulated: true,
    decisions: ['Prices are made up'],
  },
]);

const count = (text: string) => text.length;

describe('relevantSessionContext', () => {
  it('tells first what has to do with the task, and nothing the simulation did', () => {
    const { entries, leftOut } = relevantSessionContext(session, 'Show prices in the checkout', {
      tokens: 10_000,
      count,
    });

    expect(entries.map(({ id }) => id)).toEqual([
      'r1/decision-1',
      'r1/outcome-1',
      'r2/open-1',
      'r2/outcome-1',
    ]);
    expect(entries[0]).toEqual({ id: 'r1/decision-1', kind: 'decision', text: 'Prices are whole cents' });
    expect(leftOut).toBe(0);
  });

  it('passes over what does not fit and takes what does', () => {
    const only = [{ id: 'r2/open-1', kind: 'open', text: 'The "address" is missing' }];
    const tokens = quoteUntrusted({ earlierRuns: only }).length;

    const context = relevantSessionContext(session, 'Write the imprint', { tokens, count });

    expect(context).toEqual({ entries: only, tokens, leftOut: 3 });
  });

  it('tells nothing when there is nothing to tell, or no room', () => {
    const none = { entries: [], tokens: 0 };

    expect(relevantSessionContext(foldSession([]), 'x', { tokens: 100, count })).toEqual({
      ...none,
      leftOut: 0,
    });
    expect(relevantSessionContext(session, 'x', { tokens: 0, count })).toEqual({ ...none, leftOut: 4 });
  });

  it('counts little of a long past that does not fit', () => {
    const decisions = Array.from({ length: 500 }, (_, index) => `Decision ${String(index)}`);
    const past = foldSession([{ ...RUN, runId: 'r1', task: 'Build', startedAtMs: 1, decisions }]);
    let counted = 0;
    const slow = (text: string) => {
      counted += 1;
      return text.length;
    };

    const { entries, leftOut } = relevantSessionContext(past, 'Go on', { tokens: 600, count: slow });

    expect(entries.length + leftOut).toBe(501);
    expect(counted).toBe(entries.length + 20);
  });

  it('never takes more than its budget as a question quotes it, and always says the same', () => {
    fc.assert(
      fc.property(fc.nat({ max: 800 }), fc.string(), (tokens, task) => {
        const context = relevantSessionContext(session, task, { tokens, count });

        const { entries } = relevantContextSchema.parse(context);
        const quoted = entries.length === 0 ? 0 : quoteUntrusted({ earlierRuns: entries }).length;
        expect(context.tokens).toBe(quoted);
        expect(context.tokens).toBeLessThanOrEqual(tokens);
        expect(relevantSessionContext(session, task, { tokens, count })).toEqual(context);
      }),
    );
  });
});
