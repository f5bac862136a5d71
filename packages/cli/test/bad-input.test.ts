import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { type FakeOpenAiServer, startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

const TASK = 'Build a page about knots';

let root: string;
let server: FakeOpenAiServer;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-bad-'));
  for (const folder of ['project', 'home', 'state-parent']) mkdirSync(join(root, folder));
  vi.stubEnv('HOME', join(root, 'home'));
  vi.stubEnv('XDG_CONFIG_HOME', '');
  server = await startFakeOpenAi({ script: () => ({ type: 'json', content: {} }) });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const at = (...parts: readonly string[]) => join(root, ...parts);

async function jarvis(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main([...args, '--state-dir', at('state-parent', 'state')], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    folder: at('project'),
    onStopSignal: () => () => undefined,
    exit: (status) => {
      throw new Error(`exit ${String(status)}`);
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** One line for each of the problems, code 2, and neither a call nor a record. */
async function expectRefusal(args: readonly string[], ...lines: readonly string[]): Promise<void> {
  const { code, out, err } = await jarvis('run', ...args);

  const shown = err.replace(/\n$/u, '').split('\n');
  expect(shown.map((line) => line.slice(0, 400))).toEqual(
    lines.map((line): unknown => expect.stringContaining(line)),
  );
  expect(shown.every((line) => line.startsWith('jarvis: '))).toBe(true);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(server.requests).toEqual([]);
  expect(existsSync(at('state-parent', 'state'))).toBe(false);
}

/** A run with a file of one's own, and a server that would be asked. */
async function expectFileRefusal(
  content: string | Uint8Array,
  ...problems: readonly string[]
): Promise<void> {
  const file = at('own.json');
  writeFileSync(file, content);
  const args = [TASK, '--config', file, '--base-url', server.baseUrl, '--model', 'gpt-4.1-mini'];
  await expectRefusal(args, ...problems.map((problem) => `${file}: ${problem}`));
}

const CAP = "costs.capUsd: expected US dollars, a number above 0 and at most 1000000, or 'unlimited'";

describe('a configuration file that cannot be used', () => {
  it.each<[string, string, ...string[]]>([
    ['is no JSON (B01)', '{\n  "costs": { "capUsd": }\n}', 'line 2, column 24: it is not valid JSON'],
    ['is empty (B02)', ' \n', 'it is empty'],
    ['is a list (B05)', '[]', 'its top level is a list, not an object'],
    ['has an unknown key (B06)', '{ "cost": {} }', 'cost: unknown key. Did you mean "costs"?'],
    ['has a negative cap (B07)', '{ "costs": { "capUsd": -1 } }', `${CAP} (it is -1)`],
    ['has a cap that is text (B08)', '{ "costs": { "capUsd": "1.5" } }', `${CAP} (it is "1.5")`],
    ['has an endless cap (B09)', '{ "costs": { "capUsd": 1e999 } }', `${CAP} (it is Infinity)`],
    ['has a cap of nothing (B10)', '{ "costs": { "capUsd": 0 } }', `${CAP} (it is 0)`],
    [
      'wants no round (B12)',
      '{ "loop": { "maxRounds": 0 } }',
      'loop.maxRounds: expected at least 1 (it is 0)',
    ],
    [
      'wants half a round (B12)',
      '{ "loop": { "maxRounds": 1.5 } }',
      'loop.maxRounds: expected a whole number (it is 1.5)',
    ],
    [
      'wants endless rounds (B12)',
      '{ "loop": { "maxRounds": 1e9 } }',
      'loop.maxRounds: expected at most 100 (it is 1000000000)',
    ],
    ['has a mode nobody knows (B14)', '{ "mode": "TURBO" }', 'mode: expected one of SIMPLE_2LOOP, '],
    ['has a key twice (B19)', '{ "mode": "PHASE3", "mode": "PHASE3" }', 'line 1, column 21: '],
    ['has a key that is a trick (B20)', '{ "__proto__": { "mode": "PHASE3" } }', '__proto__'],
    [
      'has several problems, one line each',
      '{ "mode": "TURBO", "git": { "init": 1 }, "llm": { "deadlineMs": "\\u001b[31m" } }',
      'mode: expected one of',
      'git.init: expected true or false (it is 1)',
      'llm.deadlineMs: expected a number (it is "\\u001b[31m")',
    ],
  ])('because it %s', async (_, content, ...problems) => {
    await expectFileRefusal(content, ...problems);
  });

  it('because it is written in UTF-16 (B04)', async () => {
    await expectFileRefusal(Buffer.from('\uFEFF{}', 'utf16le'), 'it is written in UTF-16. Save it as UTF-8.');
  });

  it('because it is nested without end (B21)', async () => {
    await expectFileRefusal('{"a":'.repeat(10_000), 'it is nested deeper than 64 levels');
  });

  it('because it has 50 MB (B21)', async () => {
    const file = at('big.json');
    writeFileSync(file, '{}');
    truncateSync(file, 50_000_000);

    await expectRefusal([TASK, '--config', file], `${file}: it is larger than 1 MB (50000000 bytes)`);
  });

  it.each([
    ['file:///etc/passwd', 'expected a URL that begins with https://'],
    ['http://models.example.com/v1', 'http:// is for servers on this machine'],
    ['https://me:hunter2@models.example.com/v1', 'the URL must not hold a user name or password'],
    ['http://169.254.169.254/latest/meta-data', 'the address of a metadata service'],
    ['https://metadata.google.internal/v1', 'the address of a metadata service'],
    ['http://[fd00:ec2::254]/v1', 'the address of a metadata service'],
  ])('because its base URL is %s (B15)', async (baseUrl, problem) => {
    const file = at('own.json');
    writeFileSync(file, JSON.stringify({ llm: { baseUrl } }));

    await expectRefusal([TASK, '--config', file], `${file}: llm.baseUrl: ${problem}`);
    await expectRefusal([TASK, '--base-url', baseUrl], `--base-url: ${problem}`);
  });

  it('because a project says where the questions go, or with which key (B16)', async () => {
    const file = at('project', 'jarvis.config.json');
    writeFileSync(file, JSON.stringify({ llm: { baseUrl: server.baseUrl } }));
    await expectRefusal([TASK], `${file}: llm.baseUrl: a project file may not set this`);

    writeFileSync(file, JSON.stringify({ llm: { apiKey: 'sk-1' } }));
    await expectRefusal([TASK], `${file}: llm.apiKey: unknown key`);
  });
});

describe('a configuration that can be used all the same', () => {
  it.each([
    ['with a byte order mark (B03)', '\uFEFF{ "loop": { "maxRounds": 2 } }', 1],
    ['with a cap of null, which is left out (B11)', '{ "costs": { "capUsd": null } }', 1],
    ['without a cap (B11)', '{}', 1],
  ])('%s', async (_, content, capUsd) => {
    writeFileSync(at('own.json'), content);

    const { code, out } = await jarvis('config', '--config', at('own.json'), '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      config: { costs: { capUsd } },
      origins: { 'costs.capUsd': 'default' },
    });
  });
});

describe('a call with values that cannot be used', () => {
  it('because nobody knows what the model costs (B14)', async () => {
    const args = [TASK, '--base-url', server.baseUrl, '--model', 'gpt-nobody'];

    await expectRefusal(args, 'gpt-nobody');
  });

  it('because a variable is no number (B22), and the key cannot be one (B23)', async () => {
    vi.stubEnv('JARVIS_MAX_COST_USD', 'abc');
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret one');

    await expectRefusal(
      [TASK],
      'OPENAI_API_KEY: it contains a space',
      'JARVIS_MAX_COST_USD: it must be a number',
    );
    expect((await jarvis('run', TASK)).err).not.toContain('secret');
  });

  it.each<[string, (at: (...parts: string[]) => string) => string, string]>([
    ['the root (B18)', () => '/', 'it is the root of the file system'],
    ['the home folder (B18)', (here) => here('home'), 'it is your home folder'],
    ['a file (B18)', (here) => here('file'), 'it is not a folder'],
    ['missing (B18)', (here) => here('none'), 'it does not exist'],
    ['around the state directory and the home folder (B17)', (here) => here('.'), 'your home folder'],
    ['a link to the home folder (B17)', (here) => here('link-home'), 'it is your home folder'],
    ['a link to the root (B17)', (here) => here('link-root'), 'it is the root of the file system'],
  ])('because the project folder is %s', async (_, place, problem) => {
    writeFileSync(at('file'), '');
    symlinkSync(at('home'), at('link-home'));
    symlinkSync('/', at('link-root'));

    await expectRefusal([TASK, '--simulate', '--workspace', place(at)], problem);
  });
});

describe('a task that cannot be worked on', () => {
  const simulated = ['--simulate'];

  it.each<[string, string, string]>([
    ['is blank (B24)', ' \n\t ', 'The task is empty'],
    ['has a million characters (B25)', 'x'.repeat(1_000_000), 'is longer than 100000 characters'],
    ['has a NUL (B26)', 'Build\u0000it', 'has the control character U+0000 at position 6'],
    ['would colour a terminal (B26)', 'Build \u001b[31mit', 'has the control character U+001B at position 7'],
  ])('because it %s', async (_, task, problem) => {
    await expectRefusal([task, ...simulated], problem);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['is blank (B24)', '\n', 'The task is empty'],
    ['has a million bytes (B25)', 'x'.repeat(1_000_000), 'it has 1000000 bytes. 400000 are the most.'],
    ['is not UTF-8 (B28)', Buffer.from('Gr\u00fc\u00dfe', 'latin1'), 'it is not written in UTF-8'],
    ['is UTF-16 (B28)', Buffer.from('\uFEFFBuild', 'utf16le'), 'it is not written in UTF-8'],
    ['has a NUL (B26)', 'Build\u0000it', 'has the control character U+0000'],
  ])('because its file %s', async (_, content, problem) => {
    writeFileSync(at('task.md'), content);

    await expectRefusal(['--task-file', at('task.md'), ...simulated], problem);
  });

  it.each<[string, (at: (...parts: string[]) => string) => string, string]>([
    ['a folder', (here) => here('home'), 'it is a folder'],
    ['a pipe nobody writes into', (here) => here('pipe'), 'it is a device, a pipe or a socket'],
    ['endless', () => '/dev/zero', 'it is a device, a pipe or a socket'],
    ['missing', (here) => here('none'), 'there is no such file'],
  ])('because its file is %s (B29)', async (_, place, problem) => {
    execFileSync('mkfifo', [at('pipe')]);
    const file = place(at);

    await expectRefusal(['--task-file', file, ...simulated], `--task-file ${file}: ${problem}`);
  });

  it('because there are two of them (B30)', async () => {
    writeFileSync(at('task.md'), TASK);

    await expectRefusal(
      [TASK, '--task-file', at('task.md'), ...simulated],
      'A task and a task file were given.',
    );
  });
});

describe('a task that is worked on', () => {
  it('from a file, relative to the current folder, without its byte order mark', async () => {
    writeFileSync(at('task.md'), `\uFEFF${TASK}\r\n`);

    const { code, out } = await jarvis('run', '--task-file', '../task.md', '--simulate', '--json');
    const { runId } = z.object({ runId: z.string() }).parse(JSON.parse(out));
    const shown = await jarvis('show', runId, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({ task: `${TASK}\r\n` });
  });

  it('shows text that is hidden in it, and goes on (B27)', async () => {
    const hidden = String.fromCodePoint(0xe0068, 0xe0069);

    const { code, err } = await jarvis('run', `${TASK}${hidden}`, '--simulate');

    expect(code).toBe(0);
    expect(err.split('\n')[0]).toBe(
      'The task has 2 hidden characters, which the model reads: d a page about knots\\u{e0068}\\u{e0069}',
    );
  });
});
