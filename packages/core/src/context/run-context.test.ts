import { describe, expect, it } from 'vitest';

import { createLedger } from '../cost/cost-ledger.ts';
import { defaultPriceTable } from '../cost/price-table.ts';
import { byteTokenCounter } from '../cost/token-counter.ts';
import { defaultRetryPolicy } from '../durable/retry-policy.ts';
import type { AttemptEnding, AttemptLog } from '../llm/llm-client.ts';
import { LlmError } from '../llm/llm-error.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { MarkerSecretScanner } from '../testing/marker-secret-scanner.ts';
import { ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { guardedLlm } from './run-context.ts';

function createGuarded(llm: ScriptedLlmClient, secrets = new MarkerSecretScanner()) {
  const endings: AttemptEnding[] = [];
  let opened = 0;
  const attempts: AttemptLog = {
    open: async () => `attempt-${String((opened += 1))}`,
    close: (_id, ending) => endings.push(ending),
  };
  const clock = new FixedClock({ sleeps: 'skipped' });
  const client = guardedLlm(
    { clock, tokens: byteTokenCounter, secrets },
    {
      llm,
      prices: defaultPriceTable,
      ledger: () => createLedger(1e9),
      retry: defaultRetryPolicy,
      deadlineMs: 60_000,
    },
  );
  return {
    clock,
    endings,
    countOpened: () => opened,
    complete: () => client.complete(request, callOf({ attempts })),
  };
}

describe('guardedLlm', () => {
  it('has every attempt pass the cap, the repeated ones too', async () => {
    const failure = new LlmError({ reason: 'provider_error', seen: 'HTTP 503', mayBeCharged: false });
    const guarded = createGuarded(new ScriptedLlmClient([failure, failure, 'yes']));

    await guarded.complete();

    expect(guarded.countOpened()).toBe(3);
    expect(guarded.endings.map(({ type }) => type)).toEqual(['failed', 'failed', 'settled']);
  });

  it('gives every attempt a deadline of its own, and books what is in doubt', async () => {
    const guarded = createGuarded(new ScriptedLlmClient(() => new Promise(() => undefined)));

    await expect(guarded.complete()).rejects.toMatchObject({ reason: 'timed_out' });

    expect(guarded.clock.monotonicMs()).toBe(4 * 60_000 + 1_000 + 2_000 + 4_000);
    expect(guarded.endings).toHaveLength(4);
    expect(guarded.endings.every(({ bookedNanoUsd }) => bookedNanoUsd > 0)).toBe(true);
    expect(guarded.clock.pendingSleeps).toBe(0);
  });

  it('books what an answer with a known secret cost, and gives the reason in its place', async () => {
    const secrets = new MarkerSecretScanner([], ['the-very-key']);
    const guarded = createGuarded(new ScriptedLlmClient(['It is the-very-key']), secrets);

    const response = await guarded.complete();

    expect(response).toMatchObject({
      outcome: 'refused',
      text: expect.stringContaining('SHA-256') as string,
    });
    expect(guarded.endings).toMatchObject([{ type: 'settled', usage: { outputTokens: 18 } }]);
  });
});
