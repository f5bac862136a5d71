import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import type { LlmResponse } from '../llm/llm-client.ts';
import { LlmError, llmErrorReasons } from '../llm/llm-error.ts';
import { llmClientContract, type LlmServerBehaviour } from './contracts/llm-client-contract.ts';
import { callOf, request } from './contracts/sample-request.ts';
import { type ScriptedReply, ScriptedLlmClient } from './scripted-llm-client.ts';

const outcomes = [
  'truncated',
  'filtered',
  'refused',
  'empty',
] as const satisfies readonly LlmResponse['outcome'][];
const CHARGED = ['connection_lost', 'timed_out', 'too_large', 'provider_error'];

function toReply(behaviour: LlmServerBehaviour): ScriptedReply | Promise<ScriptedReply> {
  switch (behaviour.type) {
    case 'answer':
      return { text: behaviour.text, usage: behaviour.usage };
    case 'outcome':
      return { outcome: behaviour.outcome };
    case 'failure': {
      const { reason } = behaviour;
      return new LlmError({ reason, seen: 'scripted', mayBeCharged: CHARGED.includes(reason) });
    }
    case 'silence':
      return new Promise(() => undefined);
  }
}

llmClientContract(
  'ScriptedLlmClient',
  async (behaviour) => {
    const client = new ScriptedLlmClient(() => toReply(behaviour));
    return { client, countRequests: async () => client.requests.length, dispose: async () => undefined };
  },
  { failures: llmErrorReasons, outcomes },
);

describe('ScriptedLlmClient', () => {
  it('gives the replies of a list in order and keeps the requests', async () => {
    const client = new ScriptedLlmClient(['one', { text: 'two', outcome: 'truncated' }]);
    const unusedBefore = client.unusedReplies;

    const first = await client.complete(request, callOf());
    const second = await client.complete({ ...request, purpose: 'review' }, callOf());

    expect([first.text, first.outcome]).toEqual(['one', 'answered']);
    expect([second.text, second.outcome]).toEqual(['two', 'truncated']);
    expect(client.requests.map(({ purpose }) => purpose)).toEqual(['work', 'review']);
    expect([unusedBefore, client.unusedReplies]).toEqual([2, 0]);
  });

  it('fails loudly on a request it has no reply for', async () => {
    const client = new ScriptedLlmClient(['one']);
    await client.complete(request, callOf());

    await expect(
      client.complete({ ...request, purpose: 'review', role: 'manager' }, callOf()),
    ).rejects.toThrow(
      'Unexpected model call "review" by the manager: the script has 1 replies and all were used.',
    );
    expect(client.unusedReplies).toBe(0);
  });

  it('fills in model and usage, and leaves the usage out where the test wants none', async () => {
    const client = new ScriptedLlmClient([
      'é',
      { text: 'x', usage: 'none', model: 'other', isSimulated: true },
    ]);

    const full = await client.complete(request, callOf());
    const bare = await client.complete(request, callOf());

    expect(full).toEqual({
      outcome: 'answered',
      text: 'é',
      model: 'gpt-4.1-mini',
      isSimulated: false,
      usage: { inputTokens: 23, cachedInputTokens: 0, outputTokens: 2 },
    });
    expect(bare).toEqual({ outcome: 'answered', text: 'x', model: 'other', isSimulated: true });
  });

  it('throws the errors of the script', async () => {
    const error = new Error('scripted');

    await expect(new ScriptedLlmClient([error]).complete(request, callOf())).rejects.toBe(error);
  });

  it('answers from a function, or from functions in a list', async () => {
    const whole = new ScriptedLlmClient(({ purpose }) => `answer to ${purpose}`);
    const listed = new ScriptedLlmClient([async ({ role }) => `answer to the ${role}`]);

    expect((await whole.complete(request, callOf())).text).toBe('answer to work');
    expect((await listed.complete(request, callOf())).text).toBe('answer to the employee');
    expect(whole.unusedReplies).toBe(0);
  });

  it('does not use up a reply for a caller who has stopped asking', async () => {
    const client = new ScriptedLlmClient(['one']);
    const aborted = AbortSignal.abort(new Error('stop'));

    await expect(client.complete(request, callOf({ signal: aborted }))).rejects.toThrow('stop');

    expect((await client.complete(request, callOf())).text).toBe('one');
  });

  it('listens to the signal no longer once it has answered', async () => {
    const { signal } = new AbortController();

    await new ScriptedLlmClient(['one']).complete(request, callOf({ signal }));

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
