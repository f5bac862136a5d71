import { describe, expect, it } from 'vitest';

import { FixedClock } from '../testing/fixed-clock.ts';
import type { LlmCall, LlmClient, LlmRequest, LlmResponse } from './llm-client.ts';
import { withGrace } from './with-grace.ts';

const request: LlmRequest = {
  model: 'm',
  role: 'manager',
  purpose: 'plan',
  messages: [],
  replyFormat: { type: 'text' },
  maxOutputTokens: 10,
  minOutputTokens: 1,
};
const response: LlmResponse = { outcome: 'answered', text: 'yes', model: 'm', isSimulated: false };

/** A client whose exchange lasts until it is answered or aborted. */
function slowClient() {
  const { promise, resolve, reject } = Promise.withResolvers<LlmResponse>();
  const client: LlmClient = {
    complete: (_, { signal }) => {
      signal.addEventListener('abort', () => {
        reject(new Error('aborted late'));
      });
      return promise;
    },
  };
  return {
    client,
    answer: () => {
      resolve(response);
    },
  };
}

function callWith(signal: AbortSignal): LlmCall {
  return { stepId: 's', signal, attempts: { open: () => Promise.resolve('a'), close: () => undefined } };
}

describe('withGrace', () => {
  it('lets the exchange in flight be answered after the stop', async () => {
    const stop = new AbortController();
    const clock = new FixedClock();
    const { client, answer } = slowClient();

    const exchange = withGrace(client, clock).complete(request, callWith(stop.signal));
    stop.abort();
    await clock.advance(9_999);
    answer();

    await expect(exchange).resolves.toEqual(response);
    expect(clock.pendingSleeps).toBe(0);
  });

  it('ends it after ten seconds', async () => {
    const stop = new AbortController();
    const clock = new FixedClock();
    const { client } = slowClient();

    const exchange = withGrace(client, clock).complete(request, callWith(stop.signal));
    const ended = expect(exchange).rejects.toThrow('aborted late');
    stop.abort();
    await clock.advance(10_000);

    await ended;
  });
});
