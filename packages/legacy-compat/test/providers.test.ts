import { type CommitPlan, type GitRepository, type LlmCall, type LlmRequest } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { adaptGit } from '../src/shims/providers/adapt-git.ts';
import { adaptLlm } from '../src/shims/providers/adapt-llm.ts';
import { adaptLogger, tellProviders } from '../src/shims/providers/tell-providers.ts';

const request: LlmRequest = {
  model: 'gpt-4o',
  role: 'employee',
  purpose: 'work',
  messages: [
    { role: 'system', content: 'You build.' },
    { role: 'user', content: 'Build it' },
    { role: 'assistant', content: 'No' },
    { role: 'user', content: 'As JSON' },
  ],
  replyFormat: { type: 'text' },
  maxOutputTokens: 10,
  minOutputTokens: 1,
};

function callWith(signal: AbortSignal): LlmCall {
  return { stepId: 's', attempts: { open: async () => 'a', close: () => undefined }, signal };
}

describe('adaptLlm', () => {
  it('hands over the instructions and the whole conversation, and gives the object back as text', async () => {
    const asked: (readonly unknown[])[] = [];
    const llm = adaptLlm({
      chat_json: (...question) => {
        asked.push(question);
        return { files: {} };
      },
    });

    const answer = await llm.complete(request, callWith(new AbortController().signal));

    expect(asked).toEqual([['employee', 'You build.', 'Build it\n\nNo\n\nAs JSON', { model: 'gpt-4o' }]]);
    expect(answer).toEqual({
      outcome: 'answered',
      text: '{"files":{}}',
      model: 'gpt-4o',
      isSimulated: false,
    });
  });

  it('asks a provider that throws no more than once, books nothing and tells what it said', async () => {
    const llm = adaptLlm({ chat_json: () => Promise.reject(new Error('my tank is empty')) });

    const asking = llm.complete(request, callWith(new AbortController().signal));

    await expect(asking).rejects.toMatchObject({
      code: 'JARVIS_LLM_PROVIDER_ERROR',
      retryable: false,
      mayBeCharged: false,
      message: expect.stringContaining('my tank is empty') as unknown,
    });
  });

  it('does not wait for a provider that cannot be stopped', async () => {
    const stop = new AbortController();
    const llm = adaptLlm({ chat_json: () => new Promise(() => undefined) });
    const asking = llm.complete(request, callWith(stop.signal));

    stop.abort(new Error('enough'));

    await expect(asking).rejects.toThrow('enough');
  });
});

describe('adaptGit', () => {
  const plan: CommitPlan = {
    branch: 'refs/heads/main',
    parent: 'one',
    subject: '2loop iteration 1',
    trailers: {},
    author: { name: 'Ada', email: 'ada@example.org' },
    atSeconds: 0,
    files: [],
  };

  function repository(head: string): GitRepository {
    return {
      inspect: async () => ({ type: 'ready', branch: 'refs/heads/main', head }),
      initialise: () => expect.fail('the provider makes the repository'),
      author: async () => plan.author,
      findUncommitted: async () => ({ type: 'known', count: 0, paths: [] }),
      commit: () => expect.fail('the provider commits'),
    };
  }

  it('makes the repository and commits by the provider', async () => {
    const done: string[] = [];
    const provider = {
      init_repo: (path: string) => done.push(`init ${path}`),
      commit_all: (path: string, message: string) => done.push(`commit ${path} ${message}`),
    };
    const git = adaptGit(provider, repository('two'), '/site');

    await git.initialise();
    const id = await git.commit(plan, async () => '');

    expect(id).toBe('two');
    expect(done).toEqual(['init /site', 'commit /site 2loop iteration 1']);
  });

  it('says so when there is no commit afterwards', async () => {
    const git = adaptGit({ init_repo: () => null, commit_all: () => false }, repository('one'), '/site');

    const committing = git.commit(plan, async () => '');

    await expect(committing).rejects.toMatchObject({ code: 'JARVIS_GIT_CONFLICT' });
  });
});

describe('tellProviders', () => {
  const at = { runId: 'r', seq: 1, atMs: 0, version: 1 } as const;

  it('tells the cost tracker what a server has counted, and nothing else', () => {
    const told: (readonly unknown[])[] = [];
    const providers = {
      cost_tracker: { register_call: (...call: readonly unknown[]) => void told.push(call) },
    };
    const closed = { attemptId: 'a', stepId: 's', model: 'gpt-4o', role: 'manager' } as const;
    const usage = { inputTokens: 7, cachedInputTokens: 0, outputTokens: 3 };
    const records: readonly RunRecord[] = [
      {
        ...at,
        type: 'attempt.closed',
        data: { ...closed, ending: { type: 'settled', bookedNanoUsd: 1, usage } },
      },
      {
        ...at,
        type: 'attempt.closed',
        data: { ...closed, ending: { type: 'failed', bookedNanoUsd: 0, reason: 'x' } },
      },
      { ...at, type: 'run.forgotten', data: {} },
    ];

    for (const record of records) tellProviders(providers, record);

    expect(told).toEqual([['manager', 'gpt-4o', 7, 3]]);
  });

  it('tells the old log notes for operators', () => {
    const told: (readonly unknown[])[] = [];
    const logger = adaptLogger({ log_event: (...event) => void told.push(event) });

    logger.warn('Slow', { ms: 7 });

    expect(told).toEqual([['', 'warn', { message: 'Slow', ms: 7 }]]);
  });
});
