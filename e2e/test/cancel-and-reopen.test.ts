import { describe, expect, inject, it } from 'vitest';

import { type FaultBench, openBench } from '../src/fault-bench.ts';
import { startJarvis } from '../src/jarvis-command.ts';

const folder = inject('installed');

const END = /^run\.(?:cancelled|ended|reopened)$/u;

/** What the command says about the run, in a process of its own. */
async function call(bench: FaultBench, command: string, ...more: readonly string[]) {
  const args = [command, await bench.requireRunId(), ...more];
  return startJarvis(bench.desk, args, { OPENAI_API_KEY: 'any' }).ended;
}

describe('a run that is steered by other processes', { concurrent: true }, () => {
  it('F48: pays the call in flight, starts nothing else, and goes on only when it is opened again', async () => {
    const held = Promise.withResolvers<undefined>();
    await using bench = await openBench(folder, 'cancelled', {
      beforeAnswer: async ({ n }) => {
        if (n === 1) await held.promise;
      },
    });

    const run = bench.startRun();
    await bench.server.waitForRequests(({ length }) => length === 1, 60_000);
    const first = await call(bench, 'cancel', '--reason', 'Wrong folder');
    const second = await call(bench, 'cancel', '--reason', 'Wrong folder');
    held.resolve(undefined);
    const end = await run.ended;
    const asked = bench.countRequests();
    const refused = await call(bench, 'resume');
    const reopened = await bench.resume({ args: ['--reopen'] });

    const records = await bench.readRecords();
    expect([first, second].map(({ code, out }) => `${String(code)} ${out.split(':', 1).join()}`)).toEqual([
      '0 requested',
      '0 requested',
    ]);
    expect(end.code).toBe(1);
    expect(asked).toEqual([1]);
    expect(refused.code).toBe(7);
    expect(refused.err).toContain('--reopen');
    expect(reopened).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 0 } });
    expect(bench.countRequests()).toEqual([1, 1, 1]);
    expect(records.map(({ type }) => type).filter((type) => END.test(type))).toEqual([
      'run.cancelled',
      'run.ended',
      'run.reopened',
      'run.ended',
    ]);
  });

  it('F12, F47: waits at a gate in no process, and goes on after a decision of yet another', async () => {
    await using bench = await openBench(folder, 'gated', {
      config: { gates: [{ at: 'plan', approvers: [{ role: 'owner' }] }] },
    });

    await bench.dieAt('model.settled');
    const waiting = await bench.resume();
    const approved = await call(bench, 'approve', '--by', 'Ada');
    const twice = await call(bench, 'approve', '--by', 'Ada');
    await bench.dieAt('model.reserved');
    const resumed = await bench.resume();

    const gates = (await bench.readRecords()).filter(({ type }) => type.startsWith('gate.'));
    expect(waiting).toMatchObject({ code: 3, reason: 'gate_waiting' });
    expect(approved.code).toBe(0);
    expect(twice.code).toBe(7);
    expect(resumed).toMatchObject({ code: 0, status: 'done' });
    expect(gates.map(({ type }) => type)).toEqual(['gate.opened', 'gate.decided']);
  });
});
