import { describe, expect, it } from 'vitest';

import { callOf, request } from '../testing/contracts/sample-request.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { LlmError } from './llm-error.ts';
import { MemoryReplyCache } from './reply-cache.ts';
import { withCache } from './with-cache.ts';

function open(script: readonly ScriptedReply[], cache = new MemoryReplyCache()) {
  const scripted = new ScriptedLlmClient(script);
  return { scripted, cache, client: withCache(scripted, cache) };
}

describe('withCache', () => {
  it('asks for the same question once, says so, and shows no usage that would look like a cost', async () => {
    const { client, scripted } = open(['yes', 'never asked for']);

    const first = await client.complete(request, callOf());
    const again = await client.complete({ ...request, maxOutputTokens: 9, purpose: 'repair' }, callOf());

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

  it('asks for another question', async () => {
    const { client } = open(['yes', 'no']);

    await client.complete(request, callOf());
    const other = await client.complete({ ...request, temperature: 1 }, callOf());

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
    const { client, scripted } = open([reply, 'yes']);

    await client.complete(request, callOf());
    const again = await client.complete(request, callOf());

    expect(again.text).toBe('yes');
    expect(scripted.requests).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const failure = new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false });
    const { client } = open([failure, 'yes']);

    await expect(client.complete(request, callOf())).rejects.toBe(failure);

    await expect(client.complete(request, callOf())).resolves.toMatchObject({ text: 'yes' });
  });
});
