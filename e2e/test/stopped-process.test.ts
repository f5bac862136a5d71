import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { type FaultBench, openBench, renderPage } from '../src/fault-bench.ts';
import { listTree } from '../src/jarvis-command.ts';
import { requireProgram } from '../src/run-program.ts';

/** A bench in a repository, on which the first answer is held back until it is let go. */
async function openHeldBench() {
  const held = Promise.withResolvers<undefined>();
  const bench = await openBench(inject('installed'), 'asleep', {
    beforeAnswer: async ({ n }) => {
      if (n === 1) await held.promise;
    },
    config: { git: { commit: 'required' } },
  });
  const letGo = () => {
    held.resolve(undefined);
  };
  const git = (...args: readonly string[]) =>
    requireProgram(['git', ...args], { folder: bench.desk.workspace });
  await git('init', '--quiet');
  await git('config', 'user.name', 'Somebody');
  await git('config', 'user.email', 'somebody@example.org');
  return { bench, letGo, git, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

/** Tries again and again until the lease of a silent owner may be taken over. */
async function takeOver(bench: FaultBench) {
  const refusals: string[] = [];
  for (;;) {
    const { code, err } = await (await bench.startResume()).ended;
    if (code !== 7) return { code, refusals };
    refusals.push(err);
  }
}

describe('a process that sleeps while another one takes its run over', () => {
  it('F18: ends with 7 when it wakes, and has written and committed nothing', async () => {
    await using held = await openHeldBench();
    const { bench, letGo, git } = held;
    const lookAround = async () => ({
      records: await bench.readRecords(),
      requests: bench.countRequests(),
      files: await listTree(bench.desk.workspace),
      page: await readFile(join(bench.desk.workspace, 'index.html'), 'utf8'),
      commits: await git('log', '--format=%H %T'),
      status: await git('status', '--porcelain'),
    });

    const sleeper = bench.startRun();
    await bench.server.waitForRequests(({ length }) => length === 1, 60_000);
    sleeper.send('SIGSTOP');
    letGo(); // the answer waits for it to wake up
    const taken = await takeOver(bench);
    const before = await lookAround();
    sleeper.send('SIGCONT');
    const end = await sleeper.ended;
    const after = await lookAround();
    const over = await bench.resume();

    expect(taken.code).toBe(0);
    expect(taken.refusals[0]).toContain(`process ${String(sleeper.pid)} on ${hostname()}`);
    expect(end.code).toBe(7);
    expect(end.err + end.out).not.toMatch(/^ +at /mu);
    expect(after).toEqual(before);
    expect(after.requests).toEqual([2, 1, 1]);
    expect(after.page).toBe(renderPage(1));
    expect(after.commits.trim().split('\n')).toHaveLength(1);
    expect(after.records.filter(({ type }) => type === 'run.ended')).toHaveLength(1);
    expect(over).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
  });
});
