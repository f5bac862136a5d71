import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { type FaultBench, openBench, renderPage } from '../src/fault-bench.ts';
import { requireProgram } from '../src/run-program.ts';
import type { WorkerProcess } from '../src/worker-process.ts';

const ROUNDS = 25;

/** A plan, and work and a review in each round, each asked for twice because the first answer cannot be read. */
const CALLS = 2 + 4 * ROUNDS;

/** The last calls are fought over by commands, which start slowly; the others by two processes that stay alive. */
const CALLS_OF_COMMANDS = 3;

/** A bench whose server answers a call only when it is let go. */
async function openHeldBench() {
  let held = Promise.withResolvers<undefined>();
  const bench = await openBench(inject('installed'), 'rivals', {
    rounds: ROUNDS,
    mumbles: true,
    beforeAnswer: async () => {
      await held.promise;
    },
    config: { git: { commit: 'required' }, loop: { maxRounds: ROUNDS } },
  });
  const letGo = () => {
    held.resolve(undefined);
    held = Promise.withResolvers<undefined>();
  };
  return { bench, letGo, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

describe('two processes that resume one run at the same instant', () => {
  it('F19: never work on it both, a hundred times, and leave what one alone would have left', async () => {
    await using held = await openHeldBench();
    const { bench, letGo } = held;
    const git = (...args: readonly string[]) =>
      requireProgram(['git', ...args], { folder: bench.desk.workspace });
    await git('init', '--quiet');
    await git('config', 'user.name', 'Somebody');
    await git('config', 'user.email', 'somebody@example.org');
    await bench.dieAt('run.accepted');
    const runId = await bench.requireRunId();

    await using one = bench.startWorker();
    await using other = bench.startWorker();
    for (let call = 1; call <= CALLS - CALLS_OF_COMMANDS; call += 1) {
      await competeAsWorkers({ bench, letGo, runId, call }, [one, other]);
    }
    for (let call = CALLS - CALLS_OF_COMMANDS + 1; call <= CALLS; call += 1) {
      await competeAsCommands({ bench, letGo, runId, call });
    }

    const over = await bench.resume();
    const records = await bench.readRecords();
    expect(over).toMatchObject({ code: 0, status: 'done', cost: { calls: CALLS, inDoubtCalls: 0 } });
    expect(over.cost.spentUsd).toBeLessThanOrEqual(over.cost.capUsd);
    expect(bench.countRequests()).toEqual(Array.from({ length: CALLS }, () => 1));
    expect(records.filter(({ type }) => type === 'run.ended')).toHaveLength(1);
    await expect(readFile(join(bench.desk.workspace, 'index.html'), 'utf8')).resolves.toBe(
      renderPage(ROUNDS),
    );
    expect(new Set((await git('log', '--format=%T')).trim().split('\n')).size).toBe(ROUNDS);
    expect((await git('rev-list', '--count', 'HEAD')).trim()).toBe(String(ROUNDS));
    expect(await git('status', '--porcelain')).toBe('');
    expect(await git('fsck', '--strict', '--no-progress', '--no-dangling')).toBe('');
  });
});

interface Contest {
  readonly bench: FaultBench;
  readonly letGo: () => void;
  readonly runId: string;
  /** The call the winner makes. */
  readonly call: number;
}

/** One of them makes a call; while that is on its way the other one is refused; then the winner is stopped. */
async function competeAsWorkers(
  { bench, letGo, runId, call }: Contest,
  workers: readonly [WorkerProcess, WorkerProcess],
): Promise<void> {
  const answers = workers.map(async (worker) => ({
    worker,
    answer: await worker.ask({ type: 'resume', runId }),
  }));

  const loser = await Promise.race(answers);
  const winner = workers.find((worker) => worker !== loser.worker);
  await bench.server.waitForRequests(({ length }) => length === call);
  winner?.tell({ type: 'stop' });
  letGo();
  const both = await Promise.all(answers);

  expect(loser.answer).toEqual({
    code: 'JARVIS_LEASE_HELD',
    message: expect.stringContaining(`process ${String(winner?.pid)} on ${hostname()}`) as unknown,
  });
  expect(both.find(({ worker }) => worker === winner)?.answer).toMatchObject({
    status: 'parked',
    reason: 'interrupted',
  });
}

/** As {@link competeAsWorkers}, with two commands, of which the winner ends the run in the last call. */
async function competeAsCommands({ bench, letGo, call }: Contest): Promise<void> {
  const isLast = call === CALLS;
  const commands = await Promise.all([bench.startResume(), bench.startResume()]);

  const ends = commands.map(async (command) => ({ command, end: await command.ended }));
  const loser = await Promise.race(ends);
  const winner = commands.find((command) => command !== loser.command);
  await bench.server.waitForRequests(({ length }) => length === call);
  if (!isLast) {
    winner?.send('SIGTERM');
    await winner?.untilNote('Stopping after the call in flight');
  }
  letGo();

  expect(loser.end.code).toBe(7);
  expect(loser.end.err).toContain(`process ${String(winner?.pid)} on ${hostname()}`);
  expect((await winner?.ended)?.code).toBe(isLast ? 0 : 143);
}
