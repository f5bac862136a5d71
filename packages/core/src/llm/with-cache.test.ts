import { describe, expect, it } from 'vitest';

import { callOf, request } from '../testing/contracts/sample-request.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import type { LlmRequest } from './llm-client.ts';
import { LlmError } from './llm-error.ts';
import { MemoryReplyCache } from './reply-cache.ts';
import { keepAnswer, withCache } from './with-cache.ts';

function open(script: readonly ScriptedReply[], cache = new MemoryReplyCache()) {
  const scripted = new ScriptedLlmClient(script);
  const client = withCache(scripted, cache);
  /** Asks, and finds the answer useful. */
  const ask = async (asked: LlmRequest = request) => {
    const response = await client.complete(asked, callOf());
    await keepAnswer(cache, asked, response);
    return response;
  };
  return { scripted, cache, client, ask };
}

describe('withCache', () => {
  it('asks for the same question once, says so, and shows no usage that would look like a cost', async () => {
    const { ask, scripted } = open(['yes', 'never asked for']);

    const first = await ask();
    const again = await ask({ ...request, maxOutputTokens: 9, purpose: 'repair' });

    expect(first).not.toHaveProperty('isCached');
    expect(again).toEqual({
      outcome: 'answered',
      text: 'yes',
      model: 'gpt-4.1-mini',
      isSimulated: false,
      isCached: true,
    });
    expect(scripted.requests).toHaveLength(1);
  });

  it('asks again when nobody found the answer useful', async () => {
    const { client, scripted } = open(['of no use', 'yes']);

    await client.complete(request, callOf());
    const again = await client.complete(request, callOf());

    expect(again.text).toBe('yes');
    expect(scripted.requests).toHaveLength(2);
  });

  it('asks for another question', async () => {
    const { ask } = open(['yes', 'no']);

    await ask();
    const other = await ask({ ...request, temperature: 1 });

    expect(other.text).toBe('no');
  });

  it.each([
    { outcome: 'truncated', text: 'y' },
    { outcome: 'refused', text: 'I will not.' },
    { outcome: 'filtered' },
    { outcome: 'empty' },
    { text: 'simulated', isSimulated: true },
    { text: 'of a stand-in', insteadOf: 'gpt-4.1-mini' },
  ] as const)('does not keep %j', async (reply) => {
    const { ask, scripted } = open([reply, 'yes']);

    await ask();
    const again = await ask();

    expect(again.text).toBe('yes');
    expect(scripted.requests).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const failure = new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false });
    const { ask } = open([failure, 'yes']);

    await expect(ask()).rejects.toBe(failure);

    await expect(ask()).resolves.toMatchObject({ text: 'yes' });
  });
});
