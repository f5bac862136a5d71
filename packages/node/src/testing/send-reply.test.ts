import { once } from 'node:events';
import { connect } from 'node:net';

import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { FakeOpenAiServer } from './fake-openai-server.ts';
import type { Reply } from './reply.ts';
import { startFakeOpenAi } from './start-fake-openai.ts';

const QUESTION = { model: 'gpt-test', messages: [{ role: 'user' as const, content: 'Hello' }] };

async function serve(...script: readonly Reply[]): Promise<FakeOpenAiServer> {
  const server = await startFakeOpenAi({ script });
  onTestFinished(() => server.close());
  return server;
}

function clientOf({ baseUrl }: FakeOpenAiServer): OpenAI {
  return new OpenAI({ baseURL: baseUrl, apiKey: 'sk-test', maxRetries: 0 });
}

/** What the SDK of OpenAI makes of a reply. */
async function ask(reply: Reply) {
  return clientOf(await serve(reply)).chat.completions.create(QUESTION);
}

async function failureOf(reply: Reply): Promise<unknown> {
  return ask(reply).then(
    () => expect.fail('the request succeeded'),
    (error: unknown) => error,
  );
}

/** What plain HTTP shows of a reply. */
async function fetchFrom({ baseUrl }: FakeOpenAiServer, init: RequestInit = {}): Promise<Response> {
  return fetch(`${baseUrl}/chat/completions`, { method: 'POST', body: JSON.stringify(QUESTION), ...init });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

/** The parts of a body as they arrive, up to `maxBytes` in all; then the body is given up. */
async function* partsOf({ body }: Response, maxBytes = Infinity): AsyncGenerator<Uint8Array> {
  if (body === null) {
    throw new Error('the response has no body');
  }
  const parts: AsyncIterable<Uint8Array> = body;
  let received = 0;
  for await (const part of parts) {
    received += part.length;
    yield part;
    if (received >= maxBytes) {
      return;
    }
  }
}

/** Every byte the server sends until it closes the connection. */
async function rawAnswerOf(server: FakeOpenAiServer): Promise<string> {
  const { port } = new URL(server.baseUrl);
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  const body = JSON.stringify(QUESTION);
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
  );
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
  });
  await once(socket, 'close');
  return received;
}

async function outcomesOf(server: FakeOpenAiServer): Promise<readonly unknown[]> {
  const ended = await server.waitForRequests((requests) =>
    requests.every(({ endedAtMs }) => endedAtMs !== null),
  );
  return ended.map(({ outcome, status }) => [outcome, status]);
}

describe('replies that answer', () => {
  it('answers with text and the usual usage', async () => {
    const completion = await ask({ type: 'text', content: 'Hello back' });

    expect(completion).toMatchObject({
      id: 'chatcmpl-fake-1',
      object: 'chat.completion',
      model: 'gpt-test',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello back' } }],
      usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
    });
  });

  it('answers with JSON text', async () => {
    const completion = await ask({ type: 'json', content: { steps: ['one', { two: 2 }] } });

    expect(completion.choices[0]?.message.content).toBe('{"steps":["one",{"two":2}]}');
  });

  it('answers with JSON or text in a Markdown fence', async () => {
    const server = await serve(
      { type: 'fenced', content: { a: 1 } },
      { type: 'fenced', content: '<p>Hi</p>', language: 'html' },
    );
    const client = clientOf(server);

    const first = await client.chat.completions.create(QUESTION);
    const second = await client.chat.completions.create(QUESTION);

    expect(first.choices[0]?.message.content).toBe('```json\n{\n  "a": 1\n}\n```');
    expect(second.choices[0]?.message.content).toBe('```html\n<p>Hi</p>\n```');
  });

  it('refuses as a model does', async () => {
    const completion = await ask({ type: 'refusal', message: 'I will not.' });

    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: null, refusal: 'I will not.' },
    });
  });

  it('claims another model and another reason to stop', async () => {
    const completion = await ask({
      type: 'text',
      content: null,
      model: 'other',
      finishReason: 'content_filter',
    });

    expect(completion).toMatchObject({
      model: 'other',
      choices: [{ finish_reason: 'content_filter', message: { content: null } }],
    });
  });

  it('leaves the usage out', async () => {
    const completion = await ask({ type: 'text', content: 'free', usage: null });

    expect(completion).not.toHaveProperty('usage');
  });

  it('tells about cached and reasoning tokens', async () => {
    const usage = { promptTokens: 10, completionTokens: 20, cachedTokens: 4, reasoningTokens: 15 };

    const completion = await ask({ type: 'text', content: '', usage });

    expect(completion.usage).toEqual({
      prompt_tokens: 10,
      completion_tokens: 20,
      total_tokens: 30,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 15 },
    });
  });

  it.each([
    [
      { promptTokens: -5, completionTokens: 0.5 },
      { prompt_tokens: -5, completion_tokens: 0.5 },
    ],
    [{ promptTokens: 1e300 }, { prompt_tokens: 1e300, completion_tokens: 50 }],
    [{ raw: { prompt_tokens: 'NaN', total_tokens: null } }, { prompt_tokens: 'NaN', total_tokens: null }],
    [{ raw: 'none of your business' }, 'none of your business'],
  ])('sends absurd usage %j', async (usage, expected) => {
    const completion = await ask({ type: 'text', content: '', usage });

    if (typeof expected === 'string') {
      expect(completion.usage).toBe(expected);
    } else {
      expect(completion.usage).toMatchObject(expected);
    }
  });

  it('cuts JSON in the middle, honestly or not', async () => {
    const server = await serve(
      { type: 'truncatedJson', content: { text: 'abcdef' } },
      { type: 'truncatedJson', content: { text: 'abcdef' }, keepChars: 3, finishReason: 'stop' },
    );
    const client = clientOf(server);

    const honest = await client.chat.completions.create(QUESTION);
    const lying = await client.chat.completions.create(QUESTION);

    expect(honest.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: '{"text":' } });
    expect(lying.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: '{"t' } });
  });

  it('answers without a choice, and charges for it', async () => {
    const completion = await ask({ type: 'emptyChoices' });

    expect(completion.choices).toEqual([]);
    expect(completion.usage?.total_tokens).toBe(150);
  });

  it('waits before it answers', async () => {
    const server = await serve({ type: 'text', content: 'late', delayMs: 30 });

    await clientOf(server).chat.completions.create(QUESTION);

    const [entry] = await server.waitForRequests(([request]) => typeof request?.endedAtMs === 'number');
    expect((entry?.endedAtMs ?? 0) - (entry?.atMs ?? 0)).toBeGreaterThanOrEqual(29);
  });
});

describe('streamed replies', () => {
  it('come as chunks, the last of them with the usage', async () => {
    const content = 'A text that is longer than one chunk, with a 🦜 in it.';
    const client = clientOf(await serve({ type: 'text', content, usage: { promptTokens: 7 } }));

    const stream = await client.chat.completions.create({
      ...QUESTION,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);

    const contents = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? ''));
    expect(contents.length).toBeGreaterThan(3);
    expect(contents.join('')).toBe(content);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 50 } });
  });

  it('have no usage unless it was asked for, and end with [DONE]', async () => {
    const server = await serve({ type: 'refusal', message: 'No.' });

    const response = await fetchFrom(server, { body: JSON.stringify({ ...QUESTION, stream: true }) });

    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(text).toContain('"delta":{"refusal":"No."}');
    expect(text).not.toContain('usage');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('can be cut in the middle', async () => {
    const server = await serve({ type: 'cutInBody', afterBytes: 250 });
    const stream = await clientOf(server).chat.completions.create({ ...QUESTION, stream: true });

    const chunks = collect(stream);

    await expect(chunks).rejects.toThrow('terminated');
  });
});

describe('replies whose body is no answer', () => {
  it('send a 200 without a body, which the SDK hands on as undefined', async () => {
    const completion = await ask({ type: 'emptyBody' });

    expect(completion).toBeUndefined();
  });

  it('send a web page, which the SDK hands on as text', async () => {
    const completion: unknown = await ask({ type: 'html', body: '<h1>Log in</h1>' });

    expect(completion).toBe('<h1>Log in</h1>');
  });

  it('send a web page with the status of a broken proxy', async () => {
    const error = await failureOf({ type: 'html', status: 502 });

    expect(error).toBeInstanceOf(OpenAI.InternalServerError);
    expect(error).toMatchObject({ status: 502 });
  });

  it('send the right bytes under a false content type', async () => {
    const completion: unknown = await ask({ type: 'wrongContentType', content: { ok: true } });

    expect(completion).toContain('"content":"{\\"ok\\":true}"');
  });

  it('send JSON that is none', async () => {
    const error = await failureOf({ type: 'notJson' });

    expect(error).toBeInstanceOf(SyntaxError);
  });

  it('send bytes that were never compressed as gzip', async () => {
    const response = await fetchFrom(await serve({ type: 'gzipGarbage' }));

    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    await expect(response.text()).rejects.toThrow('terminated');
  });
});

describe('status replies', () => {
  it('word the error as OpenAI does', async () => {
    const error = await failureOf({ type: 'status', status: 401 });

    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(error).toMatchObject({ status: 401, type: 'invalid_request_error', code: 'invalid_api_key' });
  });

  it('take over every field of the error that is given', async () => {
    const given = {
      message: 'Pay first.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
      param: 'x',
    };

    const error = await failureOf({ type: 'status', status: 429, error: given });

    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error).toMatchObject({ ...given, message: '429 Pay first.' });
  });

  it.each([500, 503, 529])('have the type of a server error at %i', async (status) => {
    const error = await failureOf({ type: 'status', status, error: { code: null } });

    expect(error).toMatchObject({ status, type: 'server_error', code: null });
  });

  it.each([
    [2, '2'],
    [-1, '-1'],
    ['soon', 'soon'],
  ])('tell the client to come back after %j', async (retryAfter, expected) => {
    const response = await fetchFrom(await serve({ type: 'status', status: 429, retryAfter }));

    expect(response.headers.get('retry-after')).toBe(expected);
  });

  it('tell the client to come back at a date', async () => {
    const server = await serve({ type: 'status', status: 503, retryAfter: { dateInMs: 120_000 } });
    const before = Date.now();

    const response = await fetchFrom(server);

    const header = response.headers.get('retry-after') ?? '';
    expect(header).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
    expect(Date.parse(header) - before).toBeGreaterThan(118_000);
    expect(Date.parse(header) - before).toBeLessThan(130_000);
  });

  it('carry any further header', async () => {
    const headers = { 'retry-after-ms': '50', 'x-should-retry': 'false' };

    const response = await fetchFrom(await serve({ type: 'status', status: 429, headers }));

    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
  });
});

describe('redirects', () => {
  it.each([[undefined, 307] as const, [302, 302] as const])('with status %s', async (status, expected) => {
    const server = await serve({
      type: 'redirect',
      location: 'http://169.254.169.254/',
      ...(status && { status }),
    });

    const response = await fetchFrom(server, { redirect: 'manual' });

    expect(response.status).toBe(expected);
    expect(response.headers.get('location')).toBe('http://169.254.169.254/');
  });

  it('are followed by a client that does not forbid it', async () => {
    const target = await serve({ type: 'text', content: 'from the other host' });
    const server = await serve({ type: 'redirect', location: `${target.baseUrl}/chat/completions` });

    const completion = await clientOf(server).chat.completions.create(QUESTION);

    expect(completion.choices[0]?.message.content).toBe('from the other host');
    expect(target.requests).toHaveLength(1);
  });
});

describe('connections that misbehave', () => {
  it('hang until the client gives up', async () => {
    const server = await serve({ type: 'hang' });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'x', maxRetries: 0, timeout: 40 });

    const answer = client.chat.completions.create(QUESTION);

    await expect(answer).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
    expect(await outcomesOf(server)).toEqual([['aborted', null]]);
  });

  it('hang for a time and are closed', async () => {
    const server = await serve({ type: 'hang', forMs: 10 });

    const answer = clientOf(server).chat.completions.create(QUESTION);

    await expect(answer).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await outcomesOf(server)).toEqual([['cut', null]]);
  });

  it('send headers and then nothing until the client gives up', async () => {
    const server = await serve({ type: 'headersThenSilence' });
    const patience = new AbortController();

    const response = await fetchFrom(server, { signal: patience.signal });
    const body = response.text();
    patience.abort();

    expect(response.status).toBe(200);
    await expect(body).rejects.toThrow('aborted');
    expect(await outcomesOf(server)).toEqual([['aborted', 200]]);
  });

  it('send headers and then nothing for a time', async () => {
    const server = await serve({ type: 'headersThenSilence', forMs: 10 });

    const response = await fetchFrom(server);

    await expect(response.text()).rejects.toThrow('terminated');
    expect(await outcomesOf(server)).toEqual([['cut', 200]]);
  });

  it('send a whole body slowly', async () => {
    const server = await serve({ type: 'slowBody', content: 'at last', bytes: 100, everyMs: 2 });

    const completion = await clientOf(server).chat.completions.create(QUESTION);

    expect(completion.choices[0]?.message.content).toBe('at last');
    const [entry] = await server.waitForRequests(([request]) => request?.outcome === 'answered');
    expect((entry?.endedAtMs ?? 0) - (entry?.atMs ?? 0)).toBeGreaterThan(4);
  });

  it('send a body one byte at a time until the client gives up', async () => {
    const server = await serve({ type: 'slowBody' });

    const parts = await collect(partsOf(await fetchFrom(server), 1));

    expect(parts.map((part) => part.length)).toEqual([1]);
    expect(await outcomesOf(server)).toEqual([['aborted', 200]]);
  });

  it('send a body without end until the client gives up', async () => {
    const server = await serve({ type: 'endlessBody' });

    const parts = await collect(partsOf(await fetchFrom(server), 5_000_000));

    expect(Buffer.concat(parts).length).toBeGreaterThanOrEqual(5_000_000);
    expect(await outcomesOf(server)).toEqual([['aborted', 200]]);
  });

  it('drip without end when told to', async () => {
    const server = await serve({ type: 'endlessBody', bytes: 1, everyMs: 1 });

    const parts = await collect(partsOf(await fetchFrom(server), 130));

    expect(Buffer.concat(parts).toString()).toMatch(/"content":"a{1,20}$/);
    expect(await outcomesOf(server)).toEqual([['aborted', 200]]);
  });

  it('are reset before the answer', async () => {
    const server = await serve({ type: 'cutBeforeAnswer' });

    const failure = await fetchFrom(server).catch((error: unknown) => error);

    expect(failure).toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await outcomesOf(server)).toEqual([['cut', null]]);
  });

  it('are reset before the answer, which the SDK calls a connection error', async () => {
    const error = await failureOf({ type: 'cutBeforeAnswer' });

    expect(error).toBeInstanceOf(OpenAI.APIConnectionError);
  });

  it.each([0, 1, 100])('are reset after %i bytes of the body', async (afterBytes) => {
    const server = await serve({ type: 'cutInBody', afterBytes });

    const parts = partsOf(await fetchFrom(server));
    let received = 0;
    const readAll = async () => {
      for await (const part of parts) {
        received += part.length;
      }
    };

    await expect(readAll()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } });
    expect(received).toBe(afterBytes);
    expect(await outcomesOf(server)).toEqual([['cut', 200]]);
  });

  it('are reset after half of the body unless told otherwise', async () => {
    const server = await serve({ type: 'cutInBody' });

    const response = await fetchFrom(server);

    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(300);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('promise more bytes than they send', async () => {
    const server = await serve({ type: 'wrongContentLength' });

    const response = await fetchFrom(server);

    await expect(response.text()).rejects.toThrow('terminated');
    expect(await outcomesOf(server)).toEqual([['cut', 200]]);
  });

  it('send more bytes than they promise', async () => {
    const server = await serve({ type: 'wrongContentLength', byBytes: -10 });

    const answer = await rawAnswerOf(server);

    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain(`content-length: ${String(body.length - 10)}`);
    expect(JSON.parse(body)).toHaveProperty('choices');
    expect(await outcomesOf(server)).toEqual([['answered', 200]]);
  });

  it('cut the answer of a client that believes the length', async () => {
    const error = await failureOf({ type: 'wrongContentLength', byBytes: -10 });

    expect(error).toBeInstanceOf(SyntaxError);
  });
});

describe('replies that do not fit what they would cut', () => {
  it.each([
    [{ type: 'cutInBody', afterBytes: 10_000 }, 'afterBytes: expected less than'],
    [{ type: 'truncatedJson', content: [1], keepChars: 3 }, 'keepChars: expected less than 3'],
    [{ type: 'wrongContentLength', byBytes: -10_000 }, 'byBytes: expected at least -'],
  ] as const)('are a failure of the script: %j', async (reply, problem) => {
    const error = await failureOf(reply);

    expect(error).toMatchObject({ status: 599, type: 'fake_server_error', code: 'script_failed' });
    expect(String(error)).toContain(problem);
  });
});
