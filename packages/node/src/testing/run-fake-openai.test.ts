import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';

import { runFakeOpenAi } from './run-fake-openai.ts';

async function writeTemporary(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-openai-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

function run(...args: readonly string[]) {
  const stop = new AbortController();
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const exitCode = runFakeOpenAi(args, { stdin, stdout, stderr, stop: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await exitCode;
  });
  return { stop, stdin, stdout, stderr, exitCode };
}

async function readyLine(stdout: PassThrough): Promise<string> {
  const [chunk] = (await once(stdout, 'data')) as [Buffer];
  return chunk.toString();
}

async function ask(readyJson: string): Promise<string | null | undefined> {
  const { baseUrl } = JSON.parse(readyJson) as { baseUrl: string };
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'x', maxRetries: 0 });
  const completion = await client.chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  return completion.choices[0]?.message.content;
}

describe('runFakeOpenAi', () => {
  it('prints one line of JSON, answers by a script file and ends when told to', async () => {
    const script = await writeTemporary(
      'replies.json',
      '\uFEFF[{ "type": "text", "content": "from the file" }]',
    );
    const { stop, stdout, exitCode } = run('--script', script);

    const line = await readyLine(stdout);
    const answer = await ask(line);
    stop.abort();

    expect(JSON.parse(line)).toEqual({
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/) as string,
      pid: process.pid,
    });
    expect(line.endsWith('}\n')).toBe(true);
    expect(answer).toBe('from the file');
    expect(await exitCode).toBe(0);
    expect(stdout.read()).toBeNull();
  });

  it('answers by the function a module exports', async () => {
    const script = await writeTemporary(
      'script.mjs',
      "export const script = ({ model }) => ({ type: 'text', content: `asked ${model}` });",
    );
    const { stdout } = run('--script-module', script);

    const answer = await ask(await readyLine(stdout));

    expect(answer).toBe('asked m');
  });

  it('ends with its parent when told to', async () => {
    const script = await writeTemporary('replies.json', '[]');
    const { stdin, stdout, exitCode } = run('--script', script, '--exit-with-parent');
    await readyLine(stdout);

    stdin.end();

    expect(await exitCode).toBe(0);
  });

  it('does not start when it was told to end meanwhile', async () => {
    const script = await writeTemporary('replies.json', '[]');
    const { stop, exitCode } = run('--script', script);

    stop.abort();

    expect(await exitCode).toBe(0);
  });

  it.each([
    [
      'replies.json',
      '[{ "type": "text" }, { "type": "hang", "forMs": "long" }]',
      ['[0].content', '[1].forMs'],
    ],
    ['replies.json', '[{]', ['replies.json cannot be played, one problem found', 'JSON']],
    ['replies.json', '"text"', ['expected a list of replies, { byRole } or a function']],
  ])('reports everything that is wrong with %s %s', async (name, content, problems) => {
    const script = await writeTemporary(name, content);
    const { stderr, exitCode } = run('--script', script);

    const code = await exitCode;

    expect(code).toBe(2);
    const text = String(stderr.read());
    for (const problem of problems) {
      expect(text).toContain(problem);
    }
  });

  it('reports a module without a script', async () => {
    const script = await writeTemporary('script.mjs', 'export const answers = [];');
    const { stderr, exitCode } = run('--script-module', script);

    expect(await exitCode).toBe(2);
    expect(String(stderr.read())).toContain('expected an export named "script"');
  });

  it('reports wrong usage', async () => {
    const { stderr, exitCode } = run('--port', '0');

    expect(await exitCode).toBe(2);
    expect(String(stderr.read())).toContain('Usage: ');
  });

  it('reports a script file that is missing', async () => {
    const { stderr, exitCode } = run('--script', join(tmpdir(), 'no-such-folder', 'replies.json'));

    expect(await exitCode).toBe(1);
    expect(String(stderr.read())).toContain('ENOENT');
  });
});
