import { describe, expect, it } from 'vitest';

import { callOf, request } from '../testing/contracts/sample-request.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { LlmError, type LlmErrorReason } from './llm-error.ts';
import { withFallback } from './with-fallback.ts';

const fallbacks = { 'gpt-4.1-mini': ['gpt-4o-mini', 'unpriced', 'gpt-4.1-mini', 'gpt-4.1-nano'] };

const failure = (reason: LlmErrorReason, retryable?: boolean) =>
  new LlmError({
    reason,
    seen: 'x',
    mayBeCharged: false,
    ...(retryable === undefined ? {} : { retryable }),
  });

function open(script: readonly ScriptedReply[]) {
  const scripted = new ScriptedLlmClient(script);
  const client = withFallback(scripted, { fallbacks, isUsable: (model) => model !== 'unpriced' });
  return { client, modelsAsked: () => scripted.requests.map(({ model }) => model) };
}

describe('withFallback', () => {
  it('asks nobody else when the model answers', async () => {
    const { client, modelsAsked } = open(['yes']);

    const response = await client.complete(request, callOf());

    expect(response).not.toHaveProperty('insteadOf');
    expect(modelsAsked()).toEqual(['gpt-4.1-mini']);
  });

  it.each([
    'rate_limited',
    'quota_exhausted',
    'model_not_found',
    'connection_lost',
    'timed_out',
    'provider_error',
  ] as const)('asks the next model after %s, and says which one answered for which', async (reason) => {
    const { client, modelsAsked } = open([failure(reason), 'yes']);

    const response = await client.complete(request, callOf());

    expect(response).toMatchObject({ text: 'yes', model: 'gpt-4o-mini', insteadOf: 'gpt-4.1-mini' });
    expect(modelsAsked()).toEqual(['gpt-4.1-mini', 'gpt-4o-mini']);
  });

  it.each(['unauthorized', 'bad_request', 'too_large', 'connection_refused'] as const)(
    'asks no other model after %s',
    async (reason) => {
      const error = failure(reason);
      const { client, modelsAsked } = open([error, 'never asked for']);

      await expect(client.complete(request, callOf())).rejects.toBe(error);

      expect(modelsAsked()).toEqual(['gpt-4.1-mini']);
    },
  );

  it.each([
    ['a redirect', failure('provider_error', false)],
    ['an error that is not about the exchange', new TypeError('x is not a function')],
  ])('asks no other model after %s', async (_what, error) => {
    const { client, modelsAsked } = open([error, 'never asked for']);

    await expect(client.complete(request, callOf())).rejects.toBe(error);

    expect(modelsAsked()).toHaveLength(1);
  });

  it('asks each usable model of the chain once, and ends with the failure of the first', async () => {
    const first = failure('timed_out');
    const { client, modelsAsked } = open([first, failure('model_not_found'), failure('provider_error')]);

    await expect(client.complete(request, callOf())).rejects.toBe(first);

    expect(modelsAsked()).toEqual(['gpt-4.1-mini', 'gpt-4o-mini', 'gpt-4.1-nano']);
  });

  it('stops in the middle of the chain at a failure no other model helps with', async () => {
    const last = failure('unauthorized');
    const { client, modelsAsked } = open([failure('timed_out'), last, 'never asked for']);

    await expect(client.complete(request, callOf())).rejects.toBe(last);

    expect(modelsAsked()).toHaveLength(2);
  });

  it.each(['gpt-4o', 'constructor', '__proto__'])(
    'asks %s alone, which has nobody to stand in',
    async (model) => {
      const error = failure('timed_out');
      const { client, modelsAsked } = open([error, 'never asked for']);

      await expect(client.complete({ ...request, model }, callOf())).rejects.toBe(error);

      expect(modelsAsked()).toEqual([model]);
    },
  );
});
