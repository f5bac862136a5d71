import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { OrchestratorMode } from '@jarvis/loops';
import { createSecretRedactor } from '@jarvis/node/secrets';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { type Call, CommandLine } from './command-line.ts';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

// Put together here, so that no scanner takes this file for a leak.
const random = (length: number) => 'aB3dE6gH9jKm2Np5Qr8StU1vW4xY7z'.repeat(6).slice(0, length);
const BEGIN = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
const KEY = 'sk-proj-Zq7Lw2vR9zT4mKp7sXy1aB8cD3';
const PEM = `${BEGIN}\nMIIE${random(60)}\n${random(64)}\n${BEGIN.replace('BEGIN', 'END')}`;

const secrets = {
  'OpenAI key': `sk-proj-${random(74)}T3BlbkFJ${random(74)}`,
  'GitHub token': `ghp_${random(36)}`,
  'AWS key id': `AKIA${random(16).toUpperCase()}`,
  'private key': PEM,
  password: 'postgres://shop:q8Lw2vR9zT4m@db.example.org/shop',
};

/** What must not be seen of them, beginning and end. */
const PIECES = [
  random(74).slice(0, 16),
  random(36).slice(-16),
  random(16).toUpperCase(),
  random(64).slice(0, 16),
  'q8Lw2vR9zT4m',
  KEY.slice(0, 14),
];

const all = Object.values(secrets).join(' ');
let shell: CommandLine;
let runId: string;
let first: Call;

/** The real process: what it writes is what a terminal, a file or another program gets. */
function jarvis(...args: readonly string[]): Promise<Call> {
  const places = ['--state-dir', join(shell.root, 'state')];
  const env = { PATH: process.env['PATH'], HOME: shell.root, OPENAI_API_KEY: KEY };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@jarvis/source', BIN, ...args, ...places],
      { cwd: shell.folder, env, maxBuffer: 100_000_000 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
      },
    );
  });
}

function expectClean(text = ''): void {
  for (const piece of PIECES) expect(text).not.toContain(piece);
}

const redact = createSecretRedactor([KEY]);

const ROADMAP = ['roadmap show', 'roadmap history'];
const RESTORE = ['restore', 'restore --round 0 --dry-run'];

/** The words of a command about a run. */
function argsOf(command: string, run: string): readonly string[] {
  const words = command.split(' ');
  const at = command.startsWith('roadmap') ? 2 : 1;
  return command === 'list' ? words : [...words.slice(0, at), run, ...words.slice(at)];
}

const json = (content: unknown) => ({ type: 'json', content }) as const;

beforeAll(async () => {
  shell = new CommandLine();
  await using server = await startFakeOpenAi({
    script: [
      json({ steps: [`Use ${all}`, ...Object.values(secrets)], acceptanceCriteria: [all] }),
      json({ summary: `Wrote it with ${all}`, files: [{ path: 'notes.txt', content: 'Rye\n' }] }),
      json({ approved: false, feedback: [`It has to have ${all}`] }),
      json({ summary: all, files: [{ path: 'notes.txt', content: `Rye ${secrets['GitHub token']}\n` }] }),
      json({ summary: all, files: [{ path: 'notes.txt', content: 'Rye & Shine\n' }] }),
      json({ approved: true, feedback: [] }),
    ],
  });
  first = await jarvis(
    'run',
    `Build it with ${all}`,
    '--mode',
    'SIMPLE_2LOOP',
    '--base-url',
    server.baseUrl,
    '--model',
    'gpt-4.1-mini',
    '--json',
  );
  runId = z.object({ runId: z.string() }).parse(JSON.parse(first.out)).runId;
});

afterAll(() => {
  shell.remove();
});

describe('a run with secrets in its task and in every answer', () => {
  it('shows none while it runs, nor in its result, and is done', () => {
    expectClean(first.out + first.err);
    expect(first.err).toContain('[redacted: GitHub token]');
    expect(JSON.parse(first.out)).toMatchObject({ status: 'done', files: ['notes.txt'] });
  });

  it.each([
    'show',
    'show --answers',
    'logs',
    'logs --follow',
    'list',
    ...ROADMAP,
    'costs',
    ...RESTORE,
    'resume',
  ])('shows none afterwards, for people and for programs: %s', async (command) => {
    const called = [
      await shell.call(...argsOf(command, runId)),
      await shell.call(...argsOf(command, runId), '--json'),
    ];

    expect(called.map(({ code }) => code)).toEqual([0, 0]);
    const [people, machine] = called.map(({ out, err }) => redact(out + err));
    expectClean(people);
    expectClean(machine);
    const documents = command.startsWith('logs') ? machine?.trim().split('\n') : [machine];
    for (const document of documents ?? []) expect(JSON.parse(document ?? '')).toBeTypeOf('object');
  });

  it('says what they were where the texts are shown whole', async () => {
    const { out } = await jarvis('show', runId, '--answers', '--json');
    const raw = await shell.call('show', runId, '--answers', '--json');

    for (const name of Object.keys(secrets)) expect(out).toContain(`[redacted: ${name}]`);
    expect(out).toContain('postgres://shop:[redacted: password]@db.example.org/shop');
    expect(out).toBe(redact(raw.out));
    expect(raw.out).toContain(secrets['GitHub token']);
  });

  it('shows none in errors, also with where they come from', async () => {
    writeFileSync(
      join(shell.folder, 'bad.json'),
      JSON.stringify({ mode: all, llm: { baseUrl: secrets.password } }),
    );
    const [unknown, topic, config] = await Promise.all([
      jarvis('show', secrets['GitHub token'], '--debug', '--json'),
      jarvis(secrets['OpenAI key'], '--debug'),
      jarvis('run', all, '--config', 'bad.json', '--debug', '--json'),
    ]);

    for (const called of [unknown, topic, config]) {
      expectClean(called.out + called.err);
      expect(called.code).not.toBe(0);
    }
    expect(JSON.parse(config.out)).toHaveProperty('error.code', 'JARVIS_CONFIG_INVALID');
    expect(config.err).toContain(' at ');
  });

  it('keeps the journal as it was said', () => {
    const files = readdirSync(join(shell.root, 'state'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

    expect(files.some((bytes) => bytes.includes(secrets['GitHub token']))).toBe(true);
  });
});

describe('what a simulated run shows', () => {
  const commands = [
    'show',
    'show --answers',
    'logs',
    'list',
    ...ROADMAP,
    'roadmap show --mermaid',
    'costs',
    ...RESTORE,
  ];

  it.each(Object.values(OrchestratorMode))('in %s is not taken for a secret anywhere', async (mode) => {
    const line = new CommandLine();
    const run = ['run', 'Build a landing page for a bakery with a token of thanks', '--mode', mode];
    const ran = [
      await line.call(...run, '--simulate'),
      await line.call(...run, '--simulate', '--json', '--debug'),
    ];
    const simulated = z.object({ runId: z.string() }).parse(JSON.parse(ran[1]?.out ?? '')).runId;

    for (const command of commands) {
      const args = argsOf(command, simulated);
      ran.push(await line.call(...args), await line.call(...args, '--json'));
    }
    line.remove();

    for (const { code, out, err } of ran) {
      expect(code).toBe(0);
      expect(redact(out)).toBe(out);
      expect(redact(err)).toBe(err);
    }
  });
});
