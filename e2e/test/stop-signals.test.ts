import { describe, expect, inject, it } from 'vitest';

import { type FaultBench, openBench } from '../src/fault-bench.ts';

const folder = inject('installed');

/** How long the call in flight may go on, in milliseconds. */
const GRACE_MS = 10_000;

const STOPPING = 'Stopping after the call in flight';

/** A bench on which the first answer is held back until it is let go. */
async function holdFirstAnswer(name: string) {
  const held = Promise.withResolvers<undefined>();
  const bench = await openBench(folder, name, {
    beforeAnswer: async ({ n }) => {
      if (n === 1) await held.promise;
    },
  });
  const letGo = () => {
    held.resolve(undefined);
  };
  return { bench, letGo, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

/** The command, in the middle of its first call. */
async function startInCall(bench: FaultBench) {
  const run = bench.startRun();
  await bench.server.waitForRequests(({ length }) => length === 1, 60_000);
  return run;
}

describe('a run that is asked to stop in the middle of a call', { concurrent: true }, () => {
  it.each([
    ['F16', 'SIGTERM', 143],
    ['F16', 'SIGINT', 130],
    ['F17', 'SIGHUP', 129],
  ] as const)('%s: writes the answer down and ends, at %s', async (_row, signal, code) => {
    await using held = await holdFirstAnswer(`stopped-${signal}`);
    const { bench, letGo } = held;

    const run = await startInCall(bench);
    run.send(signal);
    await run.untilNote(STOPPING);
    letGo();
    const end = await run.ended;
    const asked = bench.countRequests();
    const records = await bench.readRecords();
    const resumed = await bench.resume();

    expect(end.code).toBe(code);
    expect(end.err + end.out).not.toMatch(/^ +at /mu);
    expect(end.out).toContain('next: jarvis resume');
    expect(asked).toEqual([1]);
    expect(records.filter(({ type }) => type === 'step.finished')).toHaveLength(1);
    expect(records.at(-1)).toMatchObject({ type: 'run.paused', data: { reason: 'interrupted' } });
    expect(resumed).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 0 } });
    expect(bench.countRequests()).toEqual([1, 1, 1]);
  });

  it('F16: leaves the call when it goes on for longer than ten seconds, and keeps it in doubt', async () => {
    await using held = await holdFirstAnswer('stopped-late');
    const { bench, letGo } = held;

    const run = await startInCall(bench);
    run.send('SIGTERM');
    await run.untilNote(STOPPING);
    const startedAt = performance.now();
    const end = await run.ended;
    const tookMs = performance.now() - startedAt;
    letGo();
    const resumed = await bench.resume();

    expect(end.code).toBe(143);
    expect(tookMs).toBeGreaterThan(GRACE_MS - 500);
    expect(tookMs).toBeLessThan(2 * GRACE_MS);
    expect(resumed).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
    expect(bench.countRequests()).toEqual([2, 1, 1]);
  });

  it.each([
    ['SIGTERM', 'SIGINT', 130],
    ['SIGINT', 'SIGTERM', 143],
  ] as const)('F16: ends at once with the second signal: %s, then %s', async (first, second, code) => {
    await using held = await holdFirstAnswer(`stopped-twice-${first}`);
    const { bench, letGo } = held;

    const run = await startInCall(bench);
    run.send(first);
    await run.untilNote(STOPPING);
    const startedAt = performance.now();
    run.send(second);
    const end = await run.ended;
    const tookMs = performance.now() - startedAt;
    letGo();
    const resumed = await bench.resume();

    expect(end.code).toBe(code);
    expect(tookMs).toBeLessThan(GRACE_MS / 2);
    expect(resumed).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
    expect(bench.countRequests()).toEqual([2, 1, 1]);
  });
});
