import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { openGitRepository } from '@jarvis/node/git';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { StopSignal } from '../src/wiring/cli-io.ts';
import { type Call, CommandLine, runIdIn } from './command-line.ts';
import { serveTeam } from './served-team.ts';

vi.setConfig({ testTimeout: 120_000 });

const task = 'Write about knots';
const changes = [{ type: 'write', path: 'notes.txt', content: 'A bowline holds.\n' }];
const team = () =>
  serveTeam(({ purpose }) =>
    purpose === 'work' ? { type: 'json', content: { summary: 'Wrote it.', changes } } : undefined,
  );

let shell: CommandLine;
let log: string;

beforeEach(() => {
  shell = new CommandLine();
  log = join(shell.root, 'log');
  vi.stubEnv('HOME', shell.root);
  writeFileSync(join(shell.root, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  git('init', '-q', '-b', 'main');
  writeFileSync(join(shell.folder, 'mine.txt'), 'mine\n');
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', shell.folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

/** A hook that hangs until the test says otherwise, and says who it and what it has started are. */
function hangingHook(name: string): void {
  const path = join(shell.folder, '.git/hooks', name);
  const hang = `sleep 600 & echo $$ >> ${log}; echo $! >> ${log}; wait`;
  mkdirSync(join(shell.folder, '.git/hooks'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\ntest -e ${shell.root}/mended && exit 0\necho waiting\n${hang}\n`);
  chmodSync(path, 0o755);
}

function mend(): void {
  writeFileSync(join(shell.root, 'mended'), '');
}

/** What the hook has started, as soon as it is at work. */
async function untilAtWork(): Promise<readonly string[]> {
  await vi.waitFor(
    () => {
      expect(existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []).toHaveLength(2);
    },
    { timeout: 60_000 },
  );
  return readFileSync(log, 'utf8').trim().split('\n');
}

/** The one run of the project. */
async function theRun(): Promise<string> {
  const { out } = await shell.call('list', '--json');
  return /"runId": "([^"]+)"/u.exec(out)?.[1] ?? expect.fail('no run is listed');
}

/** What nobody has waited for yet is still listed, as what it is. */
function isGone(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'state=', '-p', pid], { encoding: 'utf8' });
  return /^Z?$/u.test(stdout.trim());
}

/** A run whose first commit meets the hook, and a way to end it from the terminal. */
function startRun(baseUrl: string): { call: Promise<Call>; send: (signal: StopSignal) => void } {
  const out: string[] = [];
  const err: string[] = [];
  const listeners: ((signal: StopSignal) => void)[] = [];
  const call = main(
    ['run', task, '--base-url', baseUrl, '--model', 'gpt-4.1-mini', '--json', '--run-hooks'].concat(
      '--state-dir',
      join(shell.root, 'state'),
    ),
    {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      folder: shell.folder,
      onStopSignal: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      exit: (code) => expect.fail(`exit ${String(code)}`),
    },
  ).then((code) => ({ code, out: out.join(''), err: err.join('') }));
  const send = (signal: StopSignal) => {
    for (const listener of listeners) listener(signal);
  };
  return { call, send };
}

describe('a run whose hook hangs', () => {
  it.each<[StopSignal, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('F44: ends with it at %s, and makes one commit when it is resumed', async (signal, code) => {
    hangingHook('pre-commit');
    await using server = await startFakeOpenAi({ script: team() });

    const { call, send } = startRun(server.baseUrl);
    const pids = await untilAtWork();
    send(signal);
    const stopped = await call;
    const gone = pids.map(isGone);
    const commitsBefore = git('rev-list', '--count', 'main');
    const asked = server.requests.length;
    mend();
    const resumed = await shell.call('resume', runIdIn(stopped), '--json');

    expect(stopped.code).toBe(code);
    expect(JSON.parse(stopped.out)).toMatchObject({ status: 'parked', reason: 'interrupted' });
    expect(gone).toEqual([true, true]);
    expect(commitsBefore).toBe('1');
    expect(resumed.code).toBe(0);
    expect(git('rev-list', '--count', 'main')).toBe('2');
    expect(git('status', '--porcelain')).toBe('');
    expect(server.requests).toHaveLength(asked);
  });

  it('F44: ends with it when a person cancels the run, and commits nothing', async () => {
    hangingHook('commit-msg');
    await using server = await startFakeOpenAi({ script: team() });

    const { call } = startRun(server.baseUrl);
    const pids = await untilAtWork();
    const cancelled = await shell.call('cancel', await theRun());
    const ended = await call;

    expect(cancelled.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
    expect(pids.map(isGone)).toEqual([true, true]);
    expect(git('rev-list', '--count', 'main')).toBe('1');
  });

  it('F44: keeps and names the commit when it is cancelled in a post-commit hook', async () => {
    hangingHook('post-commit');
    await using server = await startFakeOpenAi({ script: team() });

    const { call } = startRun(server.baseUrl);
    const pids = await untilAtWork();
    await shell.call('cancel', await theRun());
    const ended = await call;

    expect(JSON.parse(ended.out)).toMatchObject({ status: 'cancelled' });
    expect(ended.out).toContain(git('rev-parse', 'main'));
    expect(pids.map(isGone)).toEqual([true, true]);
    expect(git('rev-list', '--count', 'main')).toBe('2');
  });

  it('F44: waits when the hook has had its time, and makes one commit when it is resumed', async () => {
    hangingHook('pre-commit');
    await using server = await startFakeOpenAi({ script: team() });
    const stateDirectory = join(shell.root, 'state');
    const flags = { llm: { baseUrl: server.baseUrl }, git: { runHooks: true } };
    const context = await nodeRunContext({ workspace: shell.folder, stateDirectory, flags });
    const environment = { PATH: process.env.PATH ?? '', HOME: shell.root };
    const { root } = context.workspace;
    const repository = openGitRepository({ root, environment, runsHooks: true, hookDeadlineMs: 1_500 });
    const jarvis = new JarvisOrchestrator({ context: { ...context, git: repository }, mode: 'SIMPLE_2LOOP' });

    const waiting = await jarvis.run({ task });
    const pids = await untilAtWork();
    const commitsBefore = git('rev-list', '--count', 'main');
    mend();
    const resumed = await jarvis.resume(waiting.runId);

    expect(waiting).toMatchObject({ status: 'waiting', reason: 'git_hook_failed' });
    expect(waiting.message).toContain(
      'The git hook pre-commit had not ended after 2 s and was stopped. Nothing was committed.',
    );
    expect(waiting.message).toContain('waiting');
    expect(pids.map(isGone)).toEqual([true, true]);
    expect(commitsBefore).toBe('1');
    expect(resumed).toMatchObject({ status: 'done' });
    expect(git('rev-list', '--count', 'main')).toBe('2');
  });
});
