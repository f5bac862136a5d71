import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

const listed = async () => JSON.parse((await shell.call('list', '--json')).out) as readonly unknown[];

describe('jarvis prune', () => {
  it('B82: does not wait for an answer nobody can give, and says what to type', async () => {
    await shell.simulate();

    const { code, out, err } = await shell.call('prune', '--keep', '0');

    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'jarvis: There is no terminal to ask on. Say yes beforehand: jarvis prune --keep 0 --yes\n',
    );
    await expect(listed()).resolves.toHaveLength(1);
  });

  it('asks on a terminal, with what is to go, and takes only a yes for one', async () => {
    const questions: string[] = [];
    const answers = [false, true];
    shell.confirm = async (question) => {
      questions.push(question);
      return answers.shift() ?? expect.fail('asked too often');
    };
    const runId = await shell.simulate();

    const refused = await shell.call('prune');
    const before = await listed();
    const done = await shell.call('prune');

    expect(questions).toEqual(['Remove 1 run for ever?', 'Remove 1 run for ever?']);
    expect(refused).toMatchObject({
      code: 0,
      out: '0 runs removed\n',
      err: `1 run to be removed\n  ${runId}\n`,
    });
    expect(before).toHaveLength(1);
    expect(done.out).toBe(`1 run removed\n  ${runId}\n`);
    await expect(listed()).resolves.toEqual([]);
  });

  it('keeps the newest, and what has not ended so long ago', async () => {
    const [older, newer] = [await shell.simulate(), await shell.simulate()];

    const young = await shell.call('prune', '--older-than', '1h', '--yes', '--json');
    const dry = await shell.call('prune', '--keep', '1', '--dry-run');
    const kept = await shell.call('prune', '--keep', '1', '--yes', '--json');

    expect(JSON.parse(young.out)).toEqual({ removed: [], isDryRun: false });
    expect(dry.out).toBe(`1 run would be removed\n  ${older}\n`);
    expect(JSON.parse(kept.out)).toEqual({ removed: [older], isDryRun: false });
    await expect(listed()).resolves.toMatchObject([{ runId: newer }]);
  });

  it.each([
    [['--keep', 'all'], '--keep: expected a whole number (it is "all")'],
    [['--keep', '-1'], '--keep'],
    [['--older-than', '30'], '--older-than: expected a number and m, h, d or w (it is "30")'],
    [['--older-than', '999999d'], '--older-than'],
  ])('%j is refused', async (flags, problem) => {
    const { code, err } = await shell.call('prune', ...flags, '--yes');

    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
});
