import { describe, expect, it } from 'vitest';

import type { RetryPolicy } from '../durable/retry-policy.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import type { AttemptEnding, AttemptLog, LlmClient } from './llm-client.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { isLlmError, LlmError, type LlmErrorReason } from './llm-error.ts';
import { withRetry } from './with-retry.ts';

const POLICY: RetryPolicy = { maxAttempts: 3, firstDelayMs: 100, maxDelayMs: 1_000, maxAskedDelayMs: 5_000 };

const failure = (reason: LlmErrorReason, retryAfterMs?: number) =>
  new LlmError({
    reason,
    seen: 'x',
    mayBeCharged: false,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('withRetry', () => {
  it('asks once when there is an answer', async () => {
    const scripted = new ScriptedLlmClient(['yes']);
    const clock = new FixedClock();

    const response = await withRetry(scripted, POLICY, clock).complete(request, callOf());

    expect(response.text).toBe('yes');
    expect(clock.monotonicMs()).toBe(0);
  });

  it('asks again after failures that may pass, with growing pauses', async () => {
    const scripted = new ScriptedLlmClient([failure('provider_error'), failure('connection_lost'), 'yes']);
    const clock = new FixedClock({ sleeps: 'skipped' });

    const response = await withRetry(scripted, POLICY, clock).complete(request, callOf());

    expect(response.text).toBe('yes');
    expect(scripted.requests).toHaveLength(3);
    expect(clock.monotonicMs()).toBe(100 + 200);
  });

  it('gives up after the attempts the policy allows, with the last failure', async () => {
    const last = failure('timed_out');
    const scripted = new ScriptedLlmClient([
      failure('provider_error'),
      failure('provider_error'),
      last,
      'too late',
    ]);
    const client = withRetry(scripted, POLICY, new FixedClock({ sleeps: 'skipped' }));

    await expect(client.complete(request, callOf())).rejects.toBe(last);

    expect(scripted.requests).toHaveLength(3);
  });

  it('waits as long as the server asks', async () => {
    const scripted = new ScriptedLlmClient([failure('rate_limited', 4_000), 'yes']);
    const clock = new FixedClock({ sleeps: 'skipped' });

    await withRetry(scripted, POLICY, clock).complete(request, callOf());

    expect(clock.monotonicMs()).toBe(4_000);
  });

  it('F31: writes down the pause with the attempt it follows, and none where none follows', async () => {
    const endings: AttemptEnding[] = [];
    let opened = 0;
    const attempts: AttemptLog = {
      open: async () => `attempt-${String((opened += 1))}`,
      close: (_id, ending) => endings.push(ending),
    };
    const failures = [
      failure('rate_limited', 4_000),
      failure('provider_error'),
      failure('rate_limited', 9_000),
    ];
    const scripted = new ScriptedLlmClient(failures);
    const booking: LlmClient = {
      async complete(asked, call) {
        const id = await call.attempts.open({
          model: asked.model,
          role: asked.role,
          reservedNanoUsd: 1,
          outputLimit: 1,
        });
        return scripted.complete(asked, call).catch((error: unknown) => {
          const reason = isLlmError(error) ? error.reason : 'interrupted';
          call.attempts.close(id, { type: 'failed', bookedNanoUsd: 0, reason });
          throw error;
        });
      },
    };
    const client = withRetry(booking, POLICY, new FixedClock({ sleeps: 'skipped' }));

    await expect(client.complete(request, callOf({ attempts }))).rejects.toBe(failures[2]);

    expect(endings).toEqual([
      { type: 'failed', bookedNanoUsd: 0, reason: 'rate_limited', waitMs: 4_000 },
      { type: 'failed', bookedNanoUsd: 0, reason: 'provider_error', waitMs: 200 },
      { type: 'failed', bookedNanoUsd: 0, reason: 'rate_limited' },
    ]);
  });

  it('gives up at once when the server asks for more patience than the policy has', async () => {
    const limited = failure('rate_limited', 3_600_000);
    const clock = new FixedClock({ sleeps: 'skipped' });

    await expect(
      withRetry(new ScriptedLlmClient([limited]), POLICY, clock).complete(request, callOf()),
    ).rejects.toBe(limited);

    expect(clock.monotonicMs()).toBe(0);
  });

  it.each([
    'quota_exhausted',
    'unauthorized',
    'bad_request',
    'model_not_found',
    'connection_refused',
    'too_large',
  ] as const)('asks once when the failure is %s', async (reason) => {
    const scripted = new ScriptedLlmClient([failure(reason), 'never asked for']);
    const client = withRetry(scripted, POLICY, new FixedClock({ sleeps: 'skipped' }));

    await expect(client.complete(request, callOf())).rejects.toMatchObject({ reason });

    expect(scripted.requests).toHaveLength(1);
  });

  it('does not ask again after an error that is not about the call', async () => {
    const bug = new TypeError('x is not a function');
    const scripted = new ScriptedLlmClient([bug, 'never asked for']);
    const client = withRetry(scripted, POLICY, new FixedClock({ sleeps: 'skipped' }));

    await expect(client.complete(request, callOf())).rejects.toBe(bug);

    expect(scripted.requests).toHaveLength(1);
  });

  it('does not ask again, and leaves no timer, when it is aborted in a pause', async () => {
    const scripted = new ScriptedLlmClient([failure('provider_error'), 'never asked for']);
    const clock = new FixedClock();
    const controller = new AbortController();
    const reason = new Error('the user said stop');

    const asked = withRetry(scripted, POLICY, clock).complete(request, callOf({ signal: controller.signal }));
    const settled = expect(asked).rejects.toBe(reason);
    await clock.advance(0);
    const sleeping = clock.pendingSleeps;
    controller.abort(reason);
    await settled;

    expect(sleeping).toBe(1);
    expect(clock.pendingSleeps).toBe(0);
    expect(scripted.requests).toHaveLength(1);
  });
});
