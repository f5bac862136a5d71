import { spawnSync } from 'node:child_process';

import { isLlmError, type LlmCall, type LlmRequest } from '@jarvis/core';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { type Script, startFakeOpenAi } from '../testing/index.ts';
import { createOpenAiLlmClient, type OpenAiLlmClientOptions } from './openai-llm-client.ts';

const KEY = 'sk-test-0123456789abcdef';

const request: LlmRequest = {
  model: 'gpt-4o',
  role: 'employee',
  purpose: 'work',
  messages: [{ role: 'user', content: 'Write the page of a bakery.' }],
  replyFormat: { type: 'text' },
  maxOutputTokens: 900,
  minOutputTokens: 100,
};

const attempts: LlmCall['attempts'] = { open: () => Promise.resolve('attempt-1'), close: () => undefined };

const call = (signal: AbortSignal = new AbortController().signal): LlmCall => ({
  stepId: 'step-7',
  attempts,
  signal,
});

async function start(script: Script, options: Partial<OpenAiLlmClientOptions> = {}) {
  const server = await startFakeOpenAi({ script });
  onTestFinished(() => server.close());
  return { server, client: createOpenAiLlmClient({ apiKey: KEY, baseUrl: server.baseUrl, ...options }) };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('createOpenAiLlmClient: an answered question', () => {
  it('gives back text, model and usage', async () => {
    const { client } = await start([
      {
        type: 'text',
        content: 'Done.',
        model: 'gpt-4o-x',
        usage: { promptTokens: 7, completionTokens: 3, cachedTokens: 2 },
      },
    ]);

    const response = await client.complete(request, call());

    expect(response).toEqual({
      outcome: 'answered',
      text: 'Done.',
      model: 'gpt-4o-x',
      usage: { inputTokens: 7, cachedInputTokens: 2, outputTokens: 3 },
      isSimulated: false,
    });
  });

  it('sends the key, the step and the body, and nothing about this machine', async () => {
    const { client, server } = await start([{ type: 'text', content: 'Done.' }]);

    await client.complete(request, call());

    const [seen] = server.requests;
    expect(seen).toMatchObject({ path: '/v1/chat/completions', stepId: 'step-7' });
    expect(seen?.body).toEqual({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Write the page of a bakery.' }],
      max_tokens: 900,
    });
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'x-jarvis-step',
    ]);
  });

  it('names the output limit as it is told to', async () => {
    const { client, server } = await start([{ type: 'text', content: 'Done.' }], {
      outputLimitField: 'max_completion_tokens',
    });

    await client.complete(request, call());

    expect(server.requests[0]?.body).toMatchObject({ max_completion_tokens: 900 });
    expect(server.requests[0]?.body).not.toHaveProperty('max_tokens');
  });

  it('sends no Authorization header without a key', async () => {
    const { client, server } = await start([{ type: 'text', content: 'Done.' }], { apiKey: undefined });

    await client.complete(request, call());

    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('lets no OPENAI_* variable have an effect', async () => {
    const script = [{ type: 'text', content: 'Done.' }] as const;
    const before = await start(script);
    await before.client.complete(request, call());
    for (const [name, value] of Object.entries({
      OPENAI_API_KEY: 'sk-from-the-environment',
      OPENAI_ADMIN_KEY: 'sk-admin-from-the-environment',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      OPENAI_ORG_ID: 'org-x',
      OPENAI_PROJECT_ID: 'project-x',
      OPENAI_WEBHOOK_SECRET: 'secret-x',
      OPENAI_LOG: 'debug',
      OPENAI_CUSTOM_HEADERS:
        'Authorization: Bearer other\nX-Extra: 1\nX-Jarvis-Step: other\nContent-Type: text/x',
    })) {
      vi.stubEnv(name, value);
    }
    const after = await start(script);

    await after.client.complete(request, call());

    const headersOf = ({ server }: typeof before) => ({ ...server.requests[0]?.headers, host: '' });
    expect(headersOf(after)).toEqual(headersOf(before));
    expect(after.server.requests[0]?.body).toEqual(before.server.requests[0]?.body);
  });

  it('answers many questions at once', async () => {
    const { client, server } = await start((asked) => ({
      type: 'text',
      content: `echo ${asked.stepId ?? ''}`,
    }));
    const steps = Array.from({ length: 20 }, (_, n) => `step-${String(n)}`);

    const answers = await Promise.all(steps.map((stepId) => client.complete(request, { ...call(), stepId })));

    expect(answers.map(({ text }) => text)).toEqual(steps.map((stepId) => `echo ${stepId}`));
    expect(server.requests).toHaveLength(20);
  });

  it.each([
    ['truncated', { type: 'text', content: 'Do', finishReason: 'length' }, 'Do'],
    ['filtered', { type: 'text', content: null, finishReason: 'content_filter' }, ''],
    ['refused', { type: 'refusal', message: 'I will not.' }, 'I will not.'],
    ['empty', { type: 'text', content: null }, ''],
    ['empty', { type: 'emptyChoices' }, ''],
  ] as const)('F40: tells an answer that is %s, which has been paid for', async (outcome, reply, text) => {
    const { client } = await start([reply]);

    const response = await client.complete(request, call());

    expect(response).toMatchObject({ outcome, text, usage: { inputTokens: 100, outputTokens: 50 } });
  });

  it('F41: passes on a negative usage as stated and leaves out one that is missing or endless', async () => {
    const { client } = await start([
      { type: 'text', content: 'a', usage: { promptTokens: -5, completionTokens: 0.5 } },
      { type: 'text', content: 'b', usage: null },
      { type: 'text', content: 'c', usage: { raw: { prompt_tokens: 'many' } } },
    ]);

    const usages = [];
    for (let n = 0; n < 3; n += 1) usages.push((await client.complete(request, call())).usage);

    expect(usages).toEqual([
      { inputTokens: -5, cachedInputTokens: 0, outputTokens: 0.5 },
      undefined,
      undefined,
    ]);
  });
});

describe('createOpenAiLlmClient: loading', () => {
  it('loads the SDK when the first question is asked, not before', () => {
    const entry = JSON.stringify(new URL('index.ts', import.meta.url).href);
    const program = `
      import { registerHooks } from 'node:module';
      const seen = [];
      registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
      const { createOpenAiLlmClient } = await import(${entry});
      createOpenAiLlmClient({ apiKey: 'sk-test' });
      console.log(JSON.stringify(seen));`;

    const { stdout } = spawnSync(
      process.execPath,
      ['--conditions=@jarvis/source', '--input-type=module', '--eval', program],
      {
        encoding: 'utf8',
      },
    );

    const seen: unknown = JSON.parse(stdout);
    expect(seen).toContain('@jarvis/core');
    expect(seen).not.toContain('openai');
    expect(seen).not.toContain('pino');
  });
});

describe('createOpenAiLlmClient: options', () => {
  it.each(['', 'two words', 'line\nbreak', 'ключ'])('refuses the key %j and does not show it', (apiKey) => {
    let error: unknown;
    try {
      createOpenAiLlmClient({ apiKey });
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toMatchObject({ code: 'JARVIS_LLM_UNAUTHORIZED', mayBeCharged: false });
    expect(apiKey !== '' && String(error).includes(apiKey)).toBe(false);
  });

  it.each(['llm.example.org', 'file:///etc/passwd', 'http://user:pass@llm.example.org/v1'])(
    'refuses the base URL %s',
    (baseUrl) => {
      expect(() => createOpenAiLlmClient({ apiKey: KEY, baseUrl })).toThrow(
        expect.objectContaining({ reason: 'bad_request' }),
      );
    },
  );

  it('takes a base URL with a slash at its end', async () => {
    const { server } = await start([{ type: 'text', content: 'Done.' }]);
    const client = createOpenAiLlmClient({ apiKey: KEY, baseUrl: `${server.baseUrl}/` });

    await client.complete(request, call());

    expect(server.requests[0]?.path).toBe('/v1/chat/completions');
  });
});

describe('createOpenAiLlmClient: the signal of a call', () => {
  it('sends nothing when it is aborted already', async () => {
    const { client, server } = await start([{ type: 'text', content: 'Done.' }]);
    const reason = new Error('stop');

    await expect(client.complete(request, call(AbortSignal.abort(reason)))).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['before an answer', { type: 'hang' }],
    ['after the headers', { type: 'headersThenSilence' }],
    ['in a body of one byte now and then', { type: 'endlessBody', bytes: 1, everyMs: 5 }],
    ['in a slow but honest body', { type: 'slowBody', content: 'x'.repeat(10_000), everyMs: 20 }],
    ['while a refusal is written', { type: 'status', status: 500, delayMs: 60_000 }],
  ] as const)(
    'F36: ends the exchange %s, rejects with its reason and closes the connection',
    async (_when, reply) => {
      const { client, server } = await start([reply]);
      const signal = AbortSignal.timeout(150);

      const error = await client.complete(request, call(signal)).catch((thrown: unknown) => thrown);

      expect(error).toBe(signal.reason);
      await server.waitForRequests(([seen]) => seen?.outcome === 'aborted');
    },
  );

  it('is not listened to any longer when the call is over', async () => {
    const { client } = await start([{ type: 'text', content: 'Done.', repeat: 'forever' }]);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');

    await client.complete(request, call(signal));

    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('leaves other calls alone', async () => {
    const { client } = await start((asked) =>
      asked.stepId === 'hangs' ? { type: 'hang' } : { type: 'text', content: 'Done.', delayMs: 200 },
    );
    const hanging = client
      .complete(request, { ...call(AbortSignal.timeout(100)), stepId: 'hangs' })
      .catch((thrown: unknown) => thrown);

    const answer = await client.complete(request, call());

    expect(answer.text).toBe('Done.');
    expect(isLlmError(await hanging)).toBe(false);
  });
});
