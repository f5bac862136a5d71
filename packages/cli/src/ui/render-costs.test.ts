import { describe, expect, it } from 'vitest';

import { renderCostHistory, renderCostStatement } from './render-costs.ts';

describe('renderCostStatement', () => {
  it('tells what was cached and what is in doubt', () => {
    const text = renderCostStatement({
      runId: 'r1',
      status: 'parked',
      isSimulated: false,
      cost: {
        capUsd: 'unlimited',
        spentUsd: 0.5,
        inDoubtUsd: 0.25,
        inDoubtCalls: 1,
        calls: 1,
        lines: [
          {
            role: 'employee',
            model: 'm',
            calls: 1,
            usd: 0.25,
            inputTokens: 10,
            cachedInputTokens: 4,
            outputTokens: 3,
          },
        ],
      },
    });

    expect(text.split('\n')).toEqual([
      'run r1: parked',
      'cost: $0.50 of unlimited, 1 call',
      '  employee on m: 1 call, $0.25, 10 tokens in (4 cached), 3 out',
      '  in doubt: 1 call, up to $0.25 (included)',
      '',
    ]);
  });

  it('says that a run was simulated', () => {
    const cost = { capUsd: 1, spentUsd: 0, inDoubtUsd: 0, inDoubtCalls: 0, calls: 0, lines: [] };

    expect(renderCostStatement({ runId: 'r', status: 'done', isSimulated: true, cost })).toContain(
      'simulated',
    );
  });
});

describe('renderCostHistory', () => {
  it('names runs that cannot be read, and what is in doubt', () => {
    const error = {
      name: 'E',
      code: 'JARVIS_JOURNAL_DAMAGED',
      message: 'bad\u001b[2J record',
      retryable: false,
    };

    const text = renderCostHistory({
      lines: [{ runId: 'r1', error }],
      total: { runs: 0, spentUsd: 0.1, inDoubtUsd: 0.1, calls: 0 },
    });

    expect(text).toContain('r1  unreadable: bad');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('total: $0.10 in 0 runs, 0 calls, of which up to $0.10 in doubt\n');
  });
});
