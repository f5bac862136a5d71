import { FixedClock, testRunContext } from '@jarvis/core/testing';
import {
  JarvisOrchestrator,
  projectRun,
  readRunRecords,
  type RunRecord,
  type RunResult,
} from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

const TASK = 'Build a landing page for a bakery';

async function readToEnd(records: AsyncGenerator<RunRecord, RunResult>): Promise<RunResult> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return next.value;
  }
}

/** A simulated run of two loops that is over, and what can be done with it. */
async function startOver() {
  const context = testRunContext({ clock: new FixedClock({ sleeps: 'skipped' }) });
  const config = { llm: { simulate: true }, costs: { capUsd: 0.7 } };
  const jarvis = new JarvisOrchestrator({ context, mode: 'SIMPLE_2LOOP', config });
  return { context, jarvis, old: await jarvis.run({ task: TASK }) };
}

describe('a fork of a run', () => {
  it('does its task once more in another mode, with its configuration, and leaves it as it is', async () => {
    const { context, jarvis, old } = await startOver();
    const before = await readRunRecords(context.journal, old.runId);

    const result = await readToEnd(jarvis.fork(old.runId, { mode: 'PHASE3' }));

    const records = await readRunRecords(context.journal, result.runId);
    expect(result).toMatchObject({
      status: 'done',
      mode: 'PHASE3',
      isSimulated: true,
      cost: { capUsd: 0.7 },
    });
    expect(projectRun(records)).toMatchObject({
      task: TASK,
      forkOf: { runId: old.runId, seq: before.length },
    });
    expect(result.runId).not.toBe(old.runId);
    expect(await readRunRecords(context.journal, old.runId)).toEqual(before);
  });

  it('takes over what was amended, up to the record that is named', async () => {
    const { context } = await startOver();
    const config = {
      llm: { simulate: true },
      gates: [{ at: 'plan' as const, approvers: [{ role: 'owner' }] }],
    };
    const jarvis = new JarvisOrchestrator({ context, mode: 'SIMPLE_2LOOP', config });
    const waiting = await jarvis.run({ task: TASK });
    await jarvis.amend(waiting.runId, { capUsd: 3 });
    await jarvis.resume(waiting.runId);

    const [all, first] = [
      await readToEnd(jarvis.fork(waiting.runId, { mode: 'LEGACY_3LOOP' })),
      await readToEnd(jarvis.fork(waiting.runId, { mode: 'LEGACY_3LOOP', at: 1 })),
    ];

    expect([all.cost.capUsd, first.cost.capUsd]).toEqual([3, 1]);
  });

  it.each([0, 1.5, 9_999])('has no record %d to be forked at', async (at) => {
    const { jarvis, old } = await startOver();

    const fork = readToEnd(jarvis.fork(old.runId, { mode: 'PHASE3', at }));

    await expect(fork).rejects.toMatchObject({ code: 'JARVIS_CONFIG_INVALID' });
  });

  it('needs a run of this project, and its dialect', async () => {
    const { context, jarvis, old } = await startOver();
    const elsewhere = new JarvisOrchestrator({
      context: testRunContext({ journal: context.journal }),
      config: { mode: 'SIMPLE_2LOOP', llm: { simulate: true } },
    });

    const nobody = readToEnd(jarvis.fork('20200101-000000-aaaaaa', { mode: 'PHASE3' }));

    await expect(nobody).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
    expect((await readToEnd(elsewhere.fork(old.runId, { mode: 'PHASE3' }))).status).toBe('done');
  });
});
