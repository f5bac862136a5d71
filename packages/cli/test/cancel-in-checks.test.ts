import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { CommandLine, oneRound } from './command-line.ts';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let shell: CommandLine;
let log: string;

beforeEach(() => {
  shell = new CommandLine();
  log = join(shell.root, 'log');
  return () => {
    shell.remove();
  };
});

/** A command that hangs, and says who it and what it has started are. */
function hangingCheck(): string {
  const script = join(shell.root, 'hang.sh');
  const config = join(shell.root, 'mine.json');
  const commands = [{ name: 'tests', command: ['sh', script], deadlineMs: 600_000 }];
  writeFileSync(script, `sleep 600 & echo $$ >> ${log}; echo $! >> ${log}; wait\n`);
  writeFileSync(config, JSON.stringify({ checks: { commands } }));
  return config;
}

async function untilAtWork(): Promise<readonly string[]> {
  const read = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  await vi.waitFor(() => expect(read()).toHaveLength(2), { timeout: 60_000 });
  return read();
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

describe('a run one of whose checks hangs', () => {
  it('ends with it and with what it has started when a person cancels the run elsewhere', async () => {
    const config = hangingCheck();
    await using server = await startFakeOpenAi({ script: oneRound });
    const model = ['--base-url', server.baseUrl, '--model', 'gpt-4.1-mini'];

    const call = shell.call('run', 'Write notes', ...model, '--config', config, '--json');
    const pids = await untilAtWork();
    const wereGone = pids.map(isGone);
    const cancelled = await shell.call('cancel', await theRun());
    const ended = await call;

    expect(wereGone).toEqual([false, false]);
    expect(cancelled.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
    expect(pids.map(isGone)).toEqual([true, true]);
    expect(server.requests).toHaveLength(2);
  });
});
