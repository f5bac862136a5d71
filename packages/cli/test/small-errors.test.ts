import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { CommandLine } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('OPENAI_API_KEY', '');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

describe('a command line with a slip in it', () => {
  it.each([
    { args: ['help', 'rum'], said: 'There is no command "rum". Did you mean run? See what there is with' },
    { args: ['help', 'banana'], said: 'There is no command "banana". See what there is with: jarvis --help' },
    {
      args: ['run', 'x', '--simulate', '--max-role-cost', 'foo=1'],
      said: '--max-role-cost: "foo" is no role. Roles: manager, supervisor, employee; for example',
    },
    { args: ['run', 'x', '--simulate', '--max-role-cost', '=1'], said: '"" is no role' },
    { args: ['run', '--simulate', '--task-file', '.'], said: 'it is a folder. Name a text file.' },
    { args: ['run', '--simulate', '--task-file', 'missing.txt'], said: 'there is no such file' },
    {
      args: ['init', '--yes', '--workspace', 'missing'],
      said: 'could not be written: there is no such folder.',
    },
  ])('is told what to write: $args', async ({ args, said }) => {
    const { code, err } = await shell.call(...args);

    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    { title: 'too large', bytes: Buffer.alloc(500_000, 'a'), said: 'it has 500000 bytes' },
    { title: 'binary', bytes: Buffer.from([0xff, 0xfe, 0x00]), said: 'it is not written in UTF-8' },
  ])('is told of a task file that is $title', async ({ bytes, said }) => {
    writeFileSync(join(shell.folder, 'task.txt'), bytes);

    const { code, err } = await shell.call('run', '--simulate', '--task-file', 'task.txt');

    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('is shown the help of a command there is', async () => {
    const { code, out } = await shell.call('help', 'fork');

    expect(code).toBe(0);
    expect(out).toContain('Usage: jarvis fork');
  });

  it('is told how many records a run has that is forked at another', async () => {
    const runId = await shell.simulate();

    const { code, err } = await shell.call('fork', runId, '--mode', 'PHASE3', '--at', '9999');

    expect(code).toBe(2);
    expect(err).toMatch(
      /^jarvis: --at: expected the number of a record, 1 to \d+ \(it is 9999\)\. See the numbers with: jarvis logs <run> --json\n$/u,
    );
  });

  it('names a file with a prompt once', async () => {
    const missing = join(shell.root, 'missing.md');
    const bad = join(shell.root, 'bad.md');
    writeFileSync(bad, 'Bake.\n');

    const calls = [
      await shell.call('prompts', 'lint', missing),
      await shell.call('prompts', 'lint', bad),
      await shell.call('prompts', 'lint', shell.root),
    ];

    expect(calls.map(({ out }) => out)).toEqual([
      `${missing}: it cannot be read (ENOENT)\n`,
      expect.stringMatching(new RegExp(`^${bad}: it does not begin with ---`, 'u')),
      `${shell.root}: it is no plain file\n`,
    ]);
  });

  it('is told that a configuration cannot be written in a folder of somebody else', async () => {
    const folder = join(shell.root, 'theirs');
    mkdirSync(folder);
    chmodSync(shell.root, 0o755);
    chmodSync(folder, 0o555);

    const { code, err } = await withoutPowers(() => shell.call('init', '--yes', '--workspace', folder));

    expect(code).toBe(2);
    expect(err).toContain('jarvis.config.yaml could not be written: your user may not write in this folder.');
  });
});

/** Does something as a user who may not do everything, also where the tests run as root. */
async function withoutPowers<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
