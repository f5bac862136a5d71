import { inspect } from 'node:util';

import { type Clock, type LlmCall, type LlmError, type LlmRequest } from '@jarvis/core';
import { describe, expect, it, onTestFinished } from 'vitest';

import { type Reply, startFakeOpenAi } from '../testing/index.ts';
import { createOpenAiLlmClient, type OpenAiLlmClientOptions } from './openai-llm-client.ts';

const KEY = 'sk-test-0123456789abcdef';
const PROMPT = 'Write the page of the bakery "Zum Goldenen Kipferl", opening in March.';

const request: LlmRequest = {
  model: 'gpt-4o',
  role: 'employee',
  purpose: 'work',
  messages: [{ role: 'user', content: PROMPT }],
  replyFormat: { type: 'text' },
  maxOutputTokens: 900,
  minOutputTokens: 100,
};

const call: LlmCall = {
  stepId: 'step-7',
  attempts: { open: () => Promise.resolve('attempt-1'), close: () => undefined },
  signal: new AbortController().signal,
};

/** Asks once and gives back what was thrown, and how often the server was asked. */
async function fail(reply: Reply, options: Partial<OpenAiLlmClientOptions> = {}) {
  const server = await startFakeOpenAi({ script: [reply, { type: 'text', content: 'Not reached.' }] });
  onTestFinished(() => server.close());
  const client = createOpenAiLlmClient({ apiKey: KEY, baseUrl: server.baseUrl, ...options });
  const error: unknown = await client.complete(request, call).then(
    (answer) => expect.fail(`answered: ${answer.text}`),
    (thrown: unknown) => thrown,
  );
  return { error, server };
}

describe('createOpenAiLlmClient: HTTP failures', () => {
  it.each([
    ['F31', 429, {}, 'JARVIS_LLM_RATE_LIMITED'],
    ['F32', 429, { code: 'insufficient_quota' }, 'JARVIS_LLM_QUOTA_EXHAUSTED'],
    ['F32', 401, {}, 'JARVIS_LLM_UNAUTHORIZED'],
    ['F32', 403, {}, 'JARVIS_LLM_UNAUTHORIZED'],
    ['F32', 404, {}, 'JARVIS_LLM_MODEL_NOT_FOUND'],
    ['F32', 404, { code: 'not_found' }, 'JARVIS_LLM_BAD_REQUEST'],
    ['F32', 400, {}, 'JARVIS_LLM_BAD_REQUEST'],
    ['F33', 500, {}, 'JARVIS_LLM_PROVIDER_ERROR'],
    ['F33', 503, {}, 'JARVIS_LLM_PROVIDER_ERROR'],
    ['F33', 529, {}, 'JARVIS_LLM_PROVIDER_ERROR'],
    ['F34', 599, {}, 'JARVIS_LLM_PROVIDER_ERROR'],
  ])('%s: HTTP %d with %j is one request and the error %s', async (...[, status, error, code]) => {
    const failed = await fail({ type: 'status', status, error, headers: { 'x-should-retry': 'true' } });

    expect(failed.error).toMatchObject({ code, status, mayBeCharged: false });
    expect(failed.server.requests).toHaveLength(1);
  });

  it.each([502, 504, 524])('F33: HTTP %d of a gateway is one request that may be charged', async (status) => {
    const { error, server } = await fail({ type: 'status', status, headers: { 'x-should-retry': 'true' } });

    expect(error).toMatchObject({ code: 'JARVIS_LLM_PROVIDER_ERROR', status, mayBeCharged: true });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [{ retryAfter: 2 }, 2_000],
    [{ retryAfter: 120 }, 120_000],
    [{ retryAfter: 3_600 }, 3_600_000],
    [{ retryAfter: -1 }, undefined],
    [{ retryAfter: 'soon' }, undefined],
    [{ headers: { 'retry-after-ms': '30' } }, 30],
  ])('F31: a 429 with %j asks to wait %s ms', async (asked, retryAfterMs) => {
    const { error } = await fail({ type: 'status', status: 429, ...asked });

    expect(error).toMatchObject({ reason: 'rate_limited', retryAfterMs });
  });

  it('F31: an HTTP date is relative to the given clock', async () => {
    const clock: Pick<Clock, 'nowMs'> = { nowMs: () => Date.UTC(2026, 10, 22, 16, 0, 0) };

    const { error } = await fail(
      { type: 'status', status: 429, retryAfter: 'Sun, 22 Nov 2026 16:00:09 GMT' },
      { clock },
    );

    expect(error).toMatchObject({ reason: 'rate_limited', retryAfterMs: 9_000 });
  });

  it('F38: a redirect is not followed, so that the key goes nowhere else', async () => {
    const elsewhere = await startFakeOpenAi({ script: [{ type: 'text', content: 'Caught.' }] });
    onTestFinished(() => elsewhere.close());

    const { error } = await fail({ type: 'redirect', location: `${elsewhere.baseUrl}/chat/completions` });

    expect(error).toMatchObject({ code: 'JARVIS_LLM_PROVIDER_ERROR', status: 307, retryable: false });
    expect(elsewhere.requests).toHaveLength(0);
  });

  it.each([301, 302, 303, 308] as const)(
    'F38: a redirect with status %d to a metadata address is not followed',
    async (status) => {
      const { error } = await fail({
        type: 'redirect',
        status,
        location: 'http://169.254.169.254/latest/meta-data/',
      });

      expect(error).toHaveProperty(
        'message',
        expect.stringContaining(`HTTP ${String(status)}; redirects are not followed.`),
      );
    },
  );
});

describe('createOpenAiLlmClient: answers that are none', () => {
  it.each([
    ['an HTML page with status 200', { type: 'html' }, 'a web page instead of an answer'],
    ['an empty body with status 200', { type: 'emptyBody' }, 'an empty body'],
    ['status 204', { type: 'emptyBody', status: 204 }, 'an empty body'],
    ['a body that is not JSON', { type: 'notJson', body: 'OK' }, 'a body that is not JSON'],
    ['JSON under another content type', { type: 'wrongContentType' }, 'a content type that is not JSON'],
    [
      'an event stream',
      { type: 'wrongContentType', contentType: 'text/event-stream' },
      'a content type that is not JSON',
    ],
    ['JSON without choices', { type: 'notJson', body: '{"id": "x"}' }, 'a body without choices'],
    [
      'an error with status 200',
      { type: 'notJson', body: '{"error": {"code": 502, "message": "Upstream is busy"}}' },
      'a body without choices (502: Upstream is busy)',
    ],
  ] as const)('F38: %s is a provider error and may be charged', async (_case, reply, what) => {
    const { error } = await fail(reply);

    expect(error).toMatchObject({ code: 'JARVIS_LLM_PROVIDER_ERROR', mayBeCharged: true, retryable: true });
    expect(error).toHaveProperty('message', expect.stringContaining(`with ${what}.`));
  });

  it('F38: an HTML page with status 503 is a provider error and was not charged', async () => {
    const { error } = await fail({ type: 'html', status: 503 });

    expect(error).toMatchObject({ code: 'JARVIS_LLM_PROVIDER_ERROR', status: 503, mayBeCharged: false });
  });

  it('F37: an endless body is cut at the byte limit', async () => {
    const { error, server } = await fail({ type: 'endlessBody' }, { maxBodyBytes: 1_000_000 });

    expect(error).toMatchObject({ code: 'JARVIS_LLM_TOO_LARGE', mayBeCharged: true, retryable: false });
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('the answer is larger than 1000000 bytes'),
    );
    await server.waitForRequests(([seen]) => seen?.outcome === 'aborted');
  });

  it('F37: a body that announces too much is not read at all', async () => {
    const { error } = await fail({ type: 'text', content: 'x'.repeat(2_000) }, { maxBodyBytes: 1_000 });

    expect(error).toMatchObject({ code: 'JARVIS_LLM_TOO_LARGE' });
  });
});

describe('createOpenAiLlmClient: connections that break', () => {
  it.each([
    ['a reset before the answer', { type: 'cutBeforeAnswer' }],
    ['a reset in the middle of the body', { type: 'cutInBody' }],
    ['a content length above the truth', { type: 'wrongContentLength', byBytes: 10 }],
    ['a content length below the truth', { type: 'wrongContentLength', byBytes: -10 }],
    ['garbage that claims to be gzip', { type: 'gzipGarbage' }],
  ] as const)('F35: %s is a lost connection that may be charged, after one request', async (_case, reply) => {
    const { error, server } = await fail(reply);

    expect(error).toMatchObject({ code: 'JARVIS_LLM_CONNECTION_LOST', mayBeCharged: true, retryable: true });
    expect(error).toHaveProperty('cause.code', expect.stringMatching(/^[A-Z_]+$/));
    expect(server.requests).toHaveLength(1);
  });

  it('F35: TLS with a server that speaks none is a lost connection that was not charged', async () => {
    const server = await startFakeOpenAi({ script: [] });
    onTestFinished(() => server.close());
    const client = createOpenAiLlmClient({ apiKey: KEY, baseUrl: server.baseUrl.replace('http:', 'https:') });

    await expect(client.complete(request, call)).rejects.toMatchObject({
      code: 'JARVIS_LLM_CONNECTION_LOST',
      mayBeCharged: false,
    });
  });

  it('names the address nothing listens at, and nothing was charged', async () => {
    const server = await startFakeOpenAi({ script: [] });
    await server.close();
    const client = createOpenAiLlmClient({ apiKey: KEY, baseUrl: server.baseUrl });

    const error = await client.complete(request, call).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'JARVIS_LLM_CONNECTION_REFUSED',
      mayBeCharged: false,
      retryable: false,
    });
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`nothing listens at ${new URL(server.baseUrl).host}`),
    );
  });

  it('tells an unknown host name, and nothing was charged', async () => {
    // No name has a part that long, so nobody is asked for it.
    const client = createOpenAiLlmClient({ apiKey: KEY, baseUrl: `http://${'a'.repeat(64)}.invalid/v1` });

    const error = await client.complete(request, call).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'JARVIS_LLM_CONNECTION_REFUSED', mayBeCharged: false });
    expect(error).toHaveProperty('message', expect.stringContaining('is not known (ENOTFOUND)'));
  });
});

describe('createOpenAiLlmClient: what an error shows', () => {
  const echo = `You sent "Bearer ${KEY}" and ${JSON.stringify(PROMPT)}`;
  const everyFault: readonly Reply[] = [
    { type: 'status', status: 400, error: { message: echo, code: 'bad', param: KEY } },
    {
      type: 'status',
      status: 401,
      error: { message: `Incorrect API key provided: ${KEY}.`, code: 'invalid_api_key' },
    },
    { type: 'status', status: 429, error: { message: echo }, headers: { 'x-echo': KEY } },
    { type: 'status', status: 500, error: { message: PROMPT, type: 'server_error' } },
    { type: 'html', status: 500, body: `<p>${echo}</p>` },
    { type: 'html', body: `<p>${echo}</p>` },
    { type: 'notJson', body: echo },
    { type: 'notJson', body: JSON.stringify({ error: { message: echo, code: KEY } }) },
    { type: 'redirect', location: `http://127.0.0.1:9/?key=${KEY}` },
    { type: 'wrongContentType', content: echo, contentType: `text/x; echo=${KEY}` },
    { type: 'cutInBody', content: echo },
    { type: 'wrongContentLength', content: echo, byBytes: -10 },
    { type: 'gzipGarbage' },
    { type: 'cutBeforeAnswer' },
    { type: 'endlessBody' },
  ];

  it.each(everyFault)(
    'shows neither the key nor the prompt, however deep one looks: $type $status',
    async (reply) => {
      const { error } = await fail(reply, { maxBodyBytes: 100_000 });

      const shown = inspect(error, {
        depth: Infinity,
        showHidden: true,
        maxArrayLength: null,
        maxStringLength: null,
        getters: true,
      });
      expect((error as LlmError).code).toMatch(/^JARVIS_LLM_/);
      expect(shown).not.toContain(KEY);
      expect(shown).not.toContain(Buffer.from(KEY).toString('base64').slice(0, 20));
      expect(shown).not.toContain('Goldenen Kipferl');
    },
  );

  it('F32: says what the server complains about', async () => {
    const error = {
      code: 'unsupported_parameter',
      param: 'max_tokens',
      type: 'invalid_request_error',
      message: "Use 'max_completion_tokens' instead.",
    };

    const failed = await fail({ type: 'status', status: 400, error });

    expect(failed.error).toHaveProperty(
      'message',
      'The model server gave no answer: HTTP 400 (invalid_request_error, unsupported_parameter, max_tokens: ' +
        "Use 'max_completion_tokens' instead). Check the model name and the base URL; the server does not accept this request.",
    );
  });
});
