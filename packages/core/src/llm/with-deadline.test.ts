import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { FixedClock } from '../testing/fixed-clock.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import type { LlmClient } from './llm-client.ts';
import { withDeadline } from './with-deadline.ts';

const never = new Promise<string>(() => undefined);

describe('withDeadline', () => {
  it('gives the answer that comes in time, and leaves no timer', async () => {
    const clock = new FixedClock();

    const response = await withDeadline(new ScriptedLlmClient(['yes']), 1_000, clock).complete(
      request,
      callOf(),
    );

    expect(response.text).toBe('yes');
    expect(clock.pendingSleeps).toBe(0);
  });

  it('ends an exchange that takes too long, through the signal, and leaves no timer', async () => {
    const clock = new FixedClock();
    let reason: unknown;
    const silent = new ScriptedLlmClient(async (_request, { signal }) => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
      });
      return never;
    });

    const asked = withDeadline(silent, 180_000, clock).complete(request, callOf());
    const settled = expect(asked).rejects.toMatchObject({
      code: 'JARVIS_LLM_TIMED_OUT',
      mayBeCharged: true,
      retryable: true,
      message: expect.stringContaining('no complete answer within 180 s') as unknown,
    });
    await clock.advance(179_999);
    const before = reason;
    await clock.advance(1);
    await settled;

    expect(before).toBeUndefined();
    expect(reason).toMatchObject({ code: 'JARVIS_LLM_TIMED_OUT' });
    expect(clock.pendingSleeps).toBe(0);
  });

  it('does not wait for a client that ignores its signal', async () => {
    const clock = new FixedClock({ sleeps: 'skipped' });
    const deaf: LlmClient = { complete: () => new Promise(() => undefined) };

    await expect(withDeadline(deaf, 1_000, clock).complete(request, callOf())).rejects.toMatchObject({
      reason: 'timed_out',
    });
  });

  it('names the deadline also when the client says something else about its end', async () => {
    const clock = new FixedClock({ sleeps: 'skipped' });
    const client: LlmClient = {
      complete: (_request, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('socket hang up'));
          });
        }),
    };

    await expect(withDeadline(client, 1_000, clock).complete(request, callOf())).rejects.toMatchObject({
      reason: 'timed_out',
    });
  });

  it('passes a failure on as it is, and leaves no timer', async () => {
    const clock = new FixedClock();
    const failure = new Error('broken');

    await expect(
      withDeadline(new ScriptedLlmClient([failure]), 1_000, clock).complete(request, callOf()),
    ).rejects.toBe(failure);

    expect(clock.pendingSleeps).toBe(0);
  });

  it('turns what a client throws at once into a rejection, and leaves no timer', async () => {
    const clock = new FixedClock();
    const failure = new Error('broken');
    const client: LlmClient = {
      complete: () => {
        throw failure;
      },
    };

    await expect(withDeadline(client, 1_000, clock).complete(request, callOf())).rejects.toBe(failure);

    expect(clock.pendingSleeps).toBe(0);
  });

  it('ends with the reason of the caller when the caller aborts, and listens no longer', async () => {
    const clock = new FixedClock();
    const controller = new AbortController();
    const reason = new Error('the user said stop');
    const client = withDeadline(new ScriptedLlmClient(() => never), 1_000, clock);

    const asked = client.complete(request, callOf({ signal: controller.signal }));
    controller.abort(reason);

    await expect(asked).rejects.toBe(reason);
    expect(clock.pendingSleeps).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('has one deadline for each exchange', async () => {
    const clock = new FixedClock();
    const client = withDeadline(new ScriptedLlmClient(['one', 'two']), 1_000, clock);

    await client.complete(request, callOf());
    await clock.advance(5_000);
    const second = await client.complete(request, callOf());

    expect(second.text).toBe('two');
  });
});
