import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { NumberedRequest } from './chat-request.ts';
import type { FakeOpenAiServer } from './fake-openai-server.ts';
import { startFakeOpenAi } from './start-fake-openai.ts';
import type { FakeOpenAiOptions } from './start-fake-openai.ts';

const QUESTION = { model: 'gpt-test', messages: [{ role: 'user' as const, content: 'Hello' }] };

async function serve(options: FakeOpenAiOptions): Promise<FakeOpenAiServer> {
  const server = await startFakeOpenAi(options);
  onTestFinished(() => server.close());
  return server;
}

function clientOf({ baseUrl }: FakeOpenAiServer, apiKey = 'sk-test'): OpenAI {
  return new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
}

/** Asks as an agent with the given instructions and gives back what it is answered. */
async function askAs(server: FakeOpenAiServer, instructions: string): Promise<string | null | undefined> {
  const messages = [{ role: 'system' as const, content: instructions }, ...QUESTION.messages];
  const completion = await clientOf(server).chat.completions.create({ ...QUESTION, messages });
  return completion.choices[0]?.message.content;
}

async function post(
  server: FakeOpenAiServer,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body, headers });
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-openai-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a script', () => {
  it('that is a list is served in order, one reply a request', async () => {
    const server = await serve({
      script: [
        { type: 'text', content: 'one' },
        { type: 'status', status: 500 },
        { type: 'text', content: 'three' },
      ],
    });

    const first = await askAs(server, 'Answer.');
    const second = await askAs(server, 'Answer.').catch((error: unknown) => error);
    const third = await askAs(server, 'Answer.');

    expect(first).toBe('one');
    expect(second).toMatchObject({ status: 500 });
    expect(third).toBe('three');
  });

  it('gives a retry the next reply', async () => {
    const server = await serve({
      script: [
        { type: 'status', status: 429, headers: { 'retry-after-ms': '1' } },
        { type: 'text', content: 'at last' },
      ],
    });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'x', maxRetries: 1 });

    const completion = await client.chat.completions.create(QUESTION);

    expect(completion.choices[0]?.message.content).toBe('at last');
    expect(server.requests).toHaveLength(2);
  });

  it('has one queue for each role, told by the system message', async () => {
    const server = await serve({
      script: {
        byRole: {
          manager: [{ type: 'text', content: 'plan {{n}}', repeat: 'forever' }],
          employee: [{ type: 'text', content: 'work {{n}}', repeat: 2 }],
        },
      },
    });

    const answers = [
      await askAs(server, 'You are the manager.'),
      await askAs(server, 'You are the employee of a manager.'),
      await askAs(server, 'You are the manager.'),
      await askAs(server, 'You are the employee of a manager.'),
    ];

    expect(answers).toEqual(['plan 1', 'work 1', 'plan 2', 'work 2']);
    expect(server.requests.map(({ role }) => role)).toEqual(['manager', 'employee', 'manager', 'employee']);
  });

  it('may tell the roles itself', async () => {
    const server = await serve({
      script: {
        byRole: { 'gpt-test': [{ type: 'text', content: 'by model' }] },
        roleOf: ({ model }) => model,
      },
    });

    const answer = await askAs(server, 'You are the manager.');

    expect(answer).toBe('by model');
  });

  it('may be a function of the request', async () => {
    const seen: NumberedRequest[] = [];
    const server = await serve({
      script: async (request) => {
        seen.push(request);
        return Promise.resolve({
          type: 'text',
          content: `${request.messages.at(-1)?.text ?? ''}, {{n}}`,
          usage: { promptTokens: request.n },
        });
      },
    });

    await askAs(server, 'You are the manager.');
    const answer = await askAs(server, 'You are the employee.');

    expect(answer).toBe('Hello, 1');
    expect(seen[1]).toMatchObject({
      n: 2,
      nInRole: 1,
      role: 'employee',
      model: 'gpt-test',
      isStreamed: false,
      messages: [
        { role: 'system', text: 'You are the employee.' },
        { role: 'user', text: 'Hello' },
      ],
    });
  });

  it('shows a function the text of messages made of parts', async () => {
    const content = [
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
      { type: 'text', text: 'here' },
    ];
    const server = await serve({ script: ({ messages }) => ({ type: 'json', content: messages }) });

    const response = await post(
      server,
      JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
    );

    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: '[{"role":"user","text":"Look\\nhere"}]' } }],
    });
  });

  it('is refused before the server listens, with every problem', async () => {
    // @ts-expect-error a reply of no known type
    const start = startFakeOpenAi({ script: [{ type: 'nonsense' }, { type: 'text', content: '' }] });

    await expect(start).rejects.toMatchObject({ code: 'JARVIS_FAKE_OPENAI_SCRIPT_INVALID' });
  });
});

describe('a request nothing is scripted for', () => {
  it('gets 599 that names what was asked, and is counted', async () => {
    const server = await serve({ script: [] });

    const response = await post(server, JSON.stringify(QUESTION), { 'X-Jarvis-Step': 'step-7' });

    expect(response.status).toBe(599);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toEqual({
      error: {
        message:
          'Nothing is scripted for request 1 (role: unknown, model: gpt-test, step: step-7). ' +
          'Add a reply to the script, or let one repeat.',
        type: 'fake_server_error',
        code: 'unscripted',
        param: null,
      },
    });
    expect(server.unscripted).toBe(1);
    const [entry] = await server.waitForRequests(([request]) => request?.outcome === 'unscripted');
    expect(entry?.status).toBe(599);
  });

  it('is not asked again by the SDK', async () => {
    const server = await serve({ script: [] });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'x', maxRetries: 5 });

    await expect(client.chat.completions.create(QUESTION)).rejects.toMatchObject({ status: 599 });

    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['a role without a queue', 'You are the supervisor.'],
    ['a role whose queue is empty', 'You are the manager.'],
    ['no role at all', 'Answer.'],
  ])('may come from %s', async (_, instructions) => {
    const server = await serve({ script: { byRole: { manager: [] } } });

    await expect(askAs(server, instructions)).rejects.toMatchObject({ status: 599, code: 'unscripted' });
  });

  it('may be one for which the function has no answer', async () => {
    const server = await serve({ script: () => undefined });

    await expect(askAs(server, 'Answer.')).rejects.toMatchObject({ status: 599, code: 'unscripted' });
  });
});

describe('a script that fails', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('no idea');
      },
      'The script failed: no idea',
    ],
    ['answers nonsense', () => ({ type: 'text' }), 'content: '],
    ['rejects', () => Promise.reject(new Error('later')), 'later'],
  ] as const)('because its function %s gets 599 with the reason', async (_, script, reason) => {
    // @ts-expect-error one of the functions answers nonsense
    const server = await serve({ script });

    const error = await askAs(server, 'Answer.').catch((failure: unknown) => failure);

    expect(error).toMatchObject({ status: 599, code: 'script_failed' });
    expect(String(error)).toContain(reason);
    await server.waitForRequests(([request]) => request?.outcome === 'script_failed');
    expect(server.unscripted).toBe(0);
  });

  it('because it cannot tell the role gets 599 with the reason', async () => {
    const roleOf = () => {
      throw new Error('who is it?');
    };
    const server = await serve({ script: { byRole: {}, roleOf } });

    await expect(askAs(server, 'Answer.')).rejects.toThrow('599 The script failed: who is it?');
  });

  it('because its roles are no strings gets 599 with the reason', async () => {
    // @ts-expect-error a role that is a number
    const server = await serve({ script: { byRole: {}, roleOf: () => 7 } });

    await expect(askAs(server, 'Answer.')).rejects.toThrow('expected a string or undefined');
  });
});

describe('unusedReplies', () => {
  it('tells what no request has fetched', async () => {
    const server = await serve({
      script: {
        byRole: { manager: [{ type: 'text', content: 'a' }], employee: [{ type: 'hang', repeat: 2 }] },
      },
    });

    await askAs(server, 'You are the manager.');

    expect(server.unusedReplies()).toMatchObject([
      { role: 'employee', index: 0, left: 2, reply: { type: 'hang' } },
    ]);
  });

  it('is empty when everything was fetched, or the script is a function', async () => {
    const listed = await serve({ script: [{ type: 'text', content: 'a' }] });
    const computed = await serve({ script: () => undefined });

    await askAs(listed, 'Answer.');

    expect(listed.unusedReplies()).toEqual([]);
    expect(computed.unusedReplies()).toEqual([]);
  });
});

describe('the list of requests', () => {
  it('tells what was asked, without the key', async () => {
    const server = await serve({ script: [{ type: 'text', content: 'a' }] });
    const body = JSON.stringify(QUESTION);

    await post(server, body, {
      Authorization: 'Bearer sk-secret',
      'X-Jarvis-Step': 's1',
      Cookie: 'a=sk-secret',
    });
    const requests = await server.waitForRequests(([request]) => request?.outcome === 'answered');

    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      n: 1,
      method: 'POST',
      path: '/v1/chat/completions',
      stepId: 's1',
      model: 'gpt-test',
      body: QUESTION,
      bodySha256: sha256(body),
      headers: { authorization: `sha256:${sha256('sk-secret')}`, 'x-jarvis-step': 's1' },
      status: 200,
      outcome: 'answered',
    });
    expect(requests[0]).not.toHaveProperty('role');
    expect(requests[0]?.endedAtMs).toBeGreaterThan(requests[0]?.atMs ?? Infinity);
    expect(JSON.stringify(requests)).not.toContain('sk-secret');
  });

  it('shows a request while it is answered', async () => {
    const server = await serve({ script: [{ type: 'hang' }] });
    const patience = new AbortController();
    const answer = fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(QUESTION),
      signal: patience.signal,
    });

    const pending = await server.waitForRequests((requests) => requests.length === 1);
    patience.abort();
    await expect(answer).rejects.toThrow('aborted');
    const ended = await server.waitForRequests(([request]) => request?.endedAtMs !== null);

    expect(pending[0]).toMatchObject({ outcome: 'pending', status: null, endedAtMs: null });
    expect(ended[0]).toMatchObject({ outcome: 'aborted', status: null });
  });

  it('shows a request that did not arrive whole', async () => {
    const server = await serve({ script: [{ type: 'text', content: 'a' }] });
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
    await once(socket, 'connect');

    socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"model"', () =>
      socket.resetAndDestroy(),
    );
    const [entry] = await server.waitForRequests(([request]) => typeof request?.endedAtMs === 'number');

    expect(entry).toMatchObject({ outcome: 'incomplete', status: null, body: null });
    expect(server.unusedReplies()).toHaveLength(1);
  });

  it('can be waited for in vain', async () => {
    const server = await serve({ script: [] });
    await post(server, JSON.stringify(QUESTION));
    await server.waitForRequests(([request]) => request?.outcome === 'unscripted');

    const wait = server.waitForRequests((requests) => requests.length === 2, 20);

    await expect(wait).rejects.toMatchObject({
      code: 'JARVIS_FAKE_OPENAI_REQUESTS_NOT_SEEN',
      timeoutMs: 20,
      seen: 1,
      message: expect.stringContaining('Seen so far: 1 (unscripted).') as string,
    });
  });

  it('is written to a file before the answer is sent, and the outcome after', async () => {
    const requestLog = join(await temporaryFolder(), 'requests.jsonl');
    const atAnswer: string[] = [];
    const server = await serve({
      requestLog,
      script: async () => {
        atAnswer.push(await readFile(requestLog, 'utf8'));
        return { type: 'text', content: 'a' };
      },
    });

    await askAs(server, 'You are the manager.');
    await server.close();

    const lines = (await readFile(requestLog, 'utf8')).trimEnd().split('\n');
    expect(atAnswer[0]?.trimEnd()).toBe(lines[0]);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { record: 'request', version: 1, n: 1, role: 'manager' },
      { record: 'outcome', version: 1, n: 1, outcome: 'answered', status: 200 },
    ]);
    expect((await stat(requestLog)).mode & 0o777).toBe(0o600);
  });

  it('cannot be written to a folder that does not exist', async () => {
    const requestLog = join(await temporaryFolder(), 'missing', 'requests.jsonl');

    const start = startFakeOpenAi({ script: [], requestLog });

    await expect(start).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.runIf(process.platform === 'linux')('that cannot be written leaves the request unanswered', async () => {
    const server = await startFakeOpenAi({
      script: [{ type: 'text', content: 'a' }],
      requestLog: '/dev/full',
    });

    await expect(askAs(server, 'Answer.')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);

    await expect(server.close()).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});

describe('requests that OpenAI would refuse too', () => {
  it.each([
    ['no JSON', '{"model": ', 'The body of the request is not JSON.'],
    ['no object', '[]', 'is not a chat completion'],
    ['no model', '{"messages":[{"role":"user"}]}', 'model: '],
    ['no messages', '{"model":"m","messages":[]}', 'messages: '],
  ])('are those with %s', async (_, body, message) => {
    const server = await serve({ script: [{ type: 'text', content: 'a' }] });

    const response = await post(server, body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining(message) as string, type: 'invalid_request_error' },
    });
    const [entry] = await server.waitForRequests(([request]) => request?.outcome === 'refused');
    expect(entry).toMatchObject({ status: 400 });
    expect(server.unusedReplies()).toHaveLength(1);
  });

  it('are those for a path it does not have', async () => {
    const server = await serve({ script: [] });

    const response = await fetch(`${server.baseUrl}/embeddings?a=b`, { method: 'POST', body: '{}' });

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: {
        message: expect.stringContaining('Unknown path /v1/embeddings.') as string,
        code: 'unknown_url',
      },
    });
  });

  it('are those with the wrong method', async () => {
    const server = await serve({ script: [] });

    const response = await fetch(`${server.baseUrl}/chat/completions`);

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('are those with more than 50 MB', async () => {
    const server = await serve({ script: [{ type: 'text', content: 'a' }] });

    const response = await post(server, `"${'a'.repeat(50 * 1024 * 1024)}"`);

    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  it('are those without a key when one is required', async () => {
    const server = await serve({ script: [{ type: 'text', content: 'a' }], requireKey: true });

    const without = await post(server, JSON.stringify(QUESTION));
    const withKey = await post(server, JSON.stringify(QUESTION), { Authorization: 'Bearer any' });

    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
    expect(withKey.status).toBe(200);
  });
});

describe('GET /v1/models', () => {
  it('lists the models that were given', async () => {
    const server = await serve({ script: [], models: ['gpt-a', 'gpt-b'] });

    const page = await clientOf(server).models.list();

    expect(page.data.map(({ id }) => id)).toEqual(['gpt-a', 'gpt-b']);
  });
});

describe('close', () => {
  it('ends every connection at once and says so in the list', async () => {
    const server = await serve({ script: [{ type: 'hang' }] });
    const answer = askAs(server, 'Answer.').catch((error: unknown) => error);
    await server.waitForRequests((requests) => requests.length === 1);

    await server.close();

    expect(await answer).toBeInstanceOf(OpenAI.APIConnectionError);
    expect(server.requests[0]).toMatchObject({ outcome: 'closed', status: null });
  });

  it('does not wait for a script that never answers', async () => {
    const server = await serve({ script: () => new Promise(() => undefined) });
    const answer = askAs(server, 'Answer.').catch((error: unknown) => error);
    await server.waitForRequests((requests) => requests.length === 1);

    await server.close();

    expect(await answer).toBeInstanceOf(OpenAI.APIConnectionError);
    expect(server.requests[0]?.outcome).toBe('closed');
  });

  it('may be called again, and by await using', async () => {
    const server = await startFakeOpenAi({ script: [] });

    await server.close();
    await server[Symbol.asyncDispose]();

    await expect(fetch(server.baseUrl)).rejects.toThrow('fetch failed');
  });
});

describe('the port', () => {
  it('can be chosen, but not twice', async () => {
    const first = await serve({ script: [] });
    const port = Number(new URL(first.baseUrl).port);

    const second = startFakeOpenAi({ script: [], port });

    await expect(second).rejects.toMatchObject({ code: 'JARVIS_FAKE_OPENAI_PORT_UNAVAILABLE', port });
  });
});
