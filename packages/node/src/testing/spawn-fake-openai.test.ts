import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';

import { spawnFakeOpenAi } from './spawn-fake-openai.ts';

const QUESTION = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello' }] };

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-openai-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function spawnWith(module: string) {
  const folder = await temporaryFolder();
  const scriptModule = join(folder, 'script.mjs');
  await writeFile(scriptModule, module);
  const server = await spawnFakeOpenAi({ scriptModule, requestLog: join(folder, 'requests.jsonl') });
  onTestFinished(() => server.stop());
  return server;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A client in a process of its own, so that it can be killed. */
function startClient(baseUrl: string) {
  const program = `await fetch(${JSON.stringify(`${baseUrl}/chat/completions`)}, {
    method: 'POST', headers: { 'X-Jarvis-Step': 'step-1' }, body: ${JSON.stringify(JSON.stringify(QUESTION))} });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
}

describe('spawnFakeOpenAi', () => {
  it('runs the server in a process of its own, until it is stopped', async () => {
    const server = await spawnWith("export const script = [{ type: 'text', content: 'Hello from {{n}}' }];");
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'sk-secret', maxRetries: 0 });

    const completion = await client.chat.completions.create(QUESTION);
    await server.waitForRequests(([request]) => request?.outcome === 'answered');
    const wasAlive = isAlive(server.pid);
    await server.stop();
    await server[Symbol.asyncDispose]();

    expect(completion.choices[0]?.message.content).toBe('Hello from 1');
    expect(server.pid).not.toBe(process.pid);
    expect(wasAlive).toBe(true);
    expect(isAlive(server.pid)).toBe(false);
    expect(await server.requests()).toMatchObject([{ n: 1, model: 'm', outcome: 'answered', status: 200 }]);
  });

  it('still counts the request of a client that was killed', async () => {
    const server = await spawnWith("export const script = [{ type: 'hang' }];");
    const client = startClient(server.baseUrl);

    await server.waitForRequests((requests) => requests.length === 1);
    client.kill('SIGKILL');
    const requests = await server.waitForRequests(([request]) => request?.endedAtMs !== null);

    expect(requests).toMatchObject([
      { n: 1, stepId: 'step-1', body: QUESTION, outcome: 'aborted', status: null },
    ]);
  });

  it('leaves a pending request in the log when the server itself is killed', async () => {
    const server = await spawnWith("export const script = [{ type: 'hang' }];");
    const client = startClient(server.baseUrl);
    await server.waitForRequests((requests) => requests.length === 1);

    process.kill(server.pid, 'SIGKILL');
    await once(client, 'exit');
    await server.stop();

    expect(await server.requests()).toMatchObject([{ n: 1, outcome: 'pending' }]);
    expect(isAlive(server.pid)).toBe(false);
  });

  it('tells what the process said when it does not start', async () => {
    const folder = await temporaryFolder();
    const scriptFile = join(folder, 'replies.json');
    await writeFile(scriptFile, '[{ "type": "text" }, { "type": "hang", "forMs": -1 }]');

    const start = spawnFakeOpenAi({ scriptFile, requestLog: join(folder, 'requests.jsonl') });

    await expect(start).rejects.toMatchObject({
      code: 'JARVIS_FAKE_OPENAI_NOT_STARTED',
      message: expect.stringMatching(
        /its process ended with exit code 2\.[^]*\[0\]\.content[^]*\[1\]\.forMs/,
      ) as string,
    });
  });

  it('gives up on a process that does not listen', async () => {
    const folder = await temporaryFolder();
    const scriptModule = join(folder, 'script.mjs');
    await writeFile(scriptModule, 'await new Promise((resolve) => setInterval(resolve, 2 ** 30));');

    const start = spawnFakeOpenAi({
      scriptModule,
      requestLog: join(folder, 'log.jsonl'),
      startTimeoutMs: 50,
    });

    await expect(start).rejects.toThrow('it did not listen within 50 ms. It wrote nothing to stderr.');
  });
});

describe('the process', () => {
  it('ends when the process that started it is killed', async () => {
    const folder = await temporaryFolder();
    const scriptFile = join(folder, 'replies.json');
    await writeFile(scriptFile, '[]');
    const spawner = new URL('spawn-fake-openai.ts', import.meta.url).href;
    const program = `
      const { spawnFakeOpenAi } = await import(${JSON.stringify(spawner)});
      const options = ${JSON.stringify({ scriptFile, requestLog: join(folder, 'requests.jsonl') })};
      const { pid, baseUrl } = await spawnFakeOpenAi(options);
      console.log(JSON.stringify({ pid, baseUrl }));`;
    const parent = spawn(
      process.execPath,
      ['--conditions=@jarvis/source', '--input-type=module', '--eval', program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const { pid, baseUrl } = JSON.parse(line.toString()) as { pid: number; baseUrl: string };
    const connection = await fetch(`${baseUrl}/models`);
    const wasAlive = connection.ok;

    parent.kill('SIGKILL');

    expect(wasAlive).toBe(true);
    await expect.poll(() => isAlive(pid), { timeout: 5000, interval: 10 }).toBe(false);
  });
});
