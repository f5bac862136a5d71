import { type Check, type ConfigInput, type Journal, MemoryJournal } from '@jarvis/core';
import { MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import {
  type Dialect,
  JarvisOrchestrator,
  modernDialect,
  readRun,
  readRunRecords,
  simulatedTeam,
} from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';

function createWorld(config: ConfigInput = {}, approves: readonly boolean[] = [true]) {
  const journal = new MemoryJournal();
  const llm = new ScriptedLlmClient(scriptTeam({ approves }));
  const context = testRunContext({ journal, llm, workspace: new MemoryWorkspace() });
  return {
    journal,
    llm,
    context,
    jarvis: new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', ...config } }),
  };
}

/** A run that met its cap after the plan and was cancelled then. */
async function runAndCancel(config: ConfigInput = { costs: { capUsd: 0.000_01 } }) {
  const world = createWorld(config);
  const { runId } = await world.jarvis.run({ task });
  await world.jarvis.cancel(runId, { reason: 'no time' });
  return { ...world, runId };
}

async function listTypes(journal: Journal, runId: string) {
  return (await readRunRecords(journal, runId)).map(({ type }) => type);
}

describe('a run that was cancelled', () => {
  it('F48: is not resumed, and the flag that does it is named; nothing is written down', async () => {
    const { jarvis, journal, runId } = await runAndCancel();
    const before = await listTypes(journal, runId);

    await expect(jarvis.resume(runId)).rejects.toMatchObject({
      code: 'JARVIS_RUN_OVER',
      message: expect.stringContaining(`jarvis resume ${runId} --reopen`) as unknown,
    });

    expect(await listTypes(journal, runId)).toEqual(before);
  });

  it('F48: goes on from where it stood when it is opened again, which is on record', async () => {
    const { jarvis, journal, llm, runId } = await runAndCancel();

    const result = await jarvis.resume(runId, { reopen: true, capUsd: 1 });

    const types = await listTypes(journal, runId);
    const { roadmap } = await readRun(journal, runId);
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'work', 'review']);
    expect(types.filter((type) => type === 'run.ended' || type === 'run.reopened')).toEqual([
      'run.ended',
      'run.reopened',
      'run.ended',
    ]);
    expect(types.at(-1)).toBe('run.ended');
    expect(roadmap?.stages.map(({ status }) => status)).toEqual(['completed']);
  });

  it('F48: is cancelled a second time after it was opened again, also with the same words', async () => {
    const { jarvis, context, runId } = await runAndCancel();
    const team = scriptTeam();
    const busy = new ScriptedLlmClient(async (request) => {
      await jarvis.cancel(runId, { reason: 'no time' });
      return team(request);
    });

    const result = await new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: { ...context, llm: busy },
    }).resume(runId, {
      reopen: true,
      capUsd: 1,
    });

    expect(result).toMatchObject({ status: 'cancelled', cost: { calls: 1 } });
    expect(busy.requests).toHaveLength(1);
  });

  it('F48: is asked the same gate when it was cancelled while it waited at it', async () => {
    const { jarvis, journal, runId } = await runAndCancel({
      gates: [{ at: 'plan', approvers: [{ role: 'owner' }] }],
    });

    await expect(jarvis.approve(runId, { by: 'Ada' })).rejects.toMatchObject({ outcome: 'no-gate' });
    const waiting = await jarvis.resume(runId, { reopen: true });
    await jarvis.approve(runId, { by: 'Ada' });
    const done = await jarvis.resume(runId);

    expect(waiting.reason).toBe('gate_waiting');
    expect(done.status).toBe('done');
    expect((await readRun(journal, runId)).gates.map(({ id }) => id)).toEqual(['plan-1.1']);
  });
});

describe('a run that ended with a part of the work', () => {
  it('works more rounds when it is opened again and allowed them', async () => {
    const { jarvis, runId, rounds } = await runOnce(createWorld({ loop: { maxRounds: 1 } }, [false, true]));

    const result = await jarvis.resume(runId, { reopen: true, maxRounds: 2 });

    expect(rounds).toBe(1);
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds).toHaveLength(2);
  });

  it('gives its result again when it is only resumed, and wants more rounds to be opened again', async () => {
    const { jarvis, runId } = await runOnce(createWorld({ loop: { maxRounds: 1 } }, [false]));

    await expect(jarvis.resume(runId)).resolves.toMatchObject({ status: 'partial', reason: 'max_rounds' });
    for (const wish of [{}, { maxRounds: 1 }]) {
      await expect(jarvis.resume(runId, { reopen: true, ...wish })).rejects.toThrow('--max-rounds <number>');
    }
  });

  it('is given another chance when its last rounds had made no progress', async () => {
    const world = createWorld({ loop: { maxRounds: 5 } });
    const stubborn = {
      ...world.context,
      llm: new ScriptedLlmClient((request) =>
        request.purpose === 'review'
          ? JSON.stringify({ approved: false, feedback: ['No.'] })
          : scriptTeam()(request),
      ),
    };
    const stuck = await new JarvisOrchestrator({
      context: stubborn,
      config: { mode: 'SIMPLE_2LOOP', loop: { maxRounds: 5 } },
    }).run({
      task,
    });

    const result = await world.jarvis.resume(stuck.runId, { reopen: true });

    expect(stuck).toMatchObject({ status: 'partial', reason: 'no_progress' });
    expect(result.status).toBe('done');
  });

  it('has the stages worked on again that nobody could finish', async () => {
    const world = createWorld();
    const bad = new ScriptedLlmClient((request) =>
      request.purpose === 'work'
        ? JSON.stringify({ summary: 'Bad', files: [{ path: '../outside', content: 'x' }] })
        : answerAdaptive(request.purpose),
    );
    const config = { mode: 'PHASE3' } as const;
    const blocked = await new JarvisOrchestrator({
      context: { ...world.context, llm: bad },
      config,
    }).run({
      task,
    });
    const good = new ScriptedLlmClient(({ purpose }) => answerAdaptive(purpose));

    const result = await new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: { ...world.context, llm: good },
    }).resume(blocked.runId, { reopen: true });

    expect(blocked).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(result.roadmap?.stages.map(({ status }) => status)).toEqual(['completed']);
  });
});

describe('a run that ended unsafe', () => {
  it('is looked at once more when it is opened again, and is done when a person has mended it', async () => {
    let isMended = false;
    const check: Check = {
      id: 'danger',
      inspect: () =>
        Promise.resolve(
          isMended
            ? []
            : [{ severity: 'error', source: 'danger', description: 'There is a key in the page.' }],
        ),
    };
    const team = scriptTeam();
    const split = JSON.stringify({
      stages: [
        { name: 'Page', goal: 'A page', categories: ['data'], planSteps: [1], requirements: [], after: [] },
      ],
    });
    const llm = new ScriptedLlmClient((request) => (request.purpose === 'split' ? split : team(request)));
    // The checks of a round see nothing; only the last look at everything does.
    const dialect: Dialect = { ...modernDialect, inspect: () => [] };
    const context = testRunContext({ llm, checks: [check] });
    const jarvis = new JarvisOrchestrator({
      context,
      dialect,
      config: { mode: 'LEGACY_3LOOP', loop: { maxRounds: 1 } },
    });
    const unsafe = await jarvis.run({ task });
    isMended = true;

    const result = await jarvis.resume(unsafe.runId, { reopen: true });

    expect(unsafe).toMatchObject({ status: 'partial', reason: 'unsafe' });
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds).toHaveLength(unsafe.rounds.length);
  });
});

describe('a run that ended because every stage was skipped', () => {
  async function runToNothing() {
    const context = testRunContext({ llm: new ScriptedLlmClient(simulatedTeam) });
    const config = { gates: [{ at: 'stage', approvers: [{ role: 'owner' }] }] } as const;
    const jarvis = new JarvisOrchestrator({ context, mode: 'LEGACY_3LOOP', config });
    const { runId } = await jarvis.run({ task: 'Build a landing page for a bakery' });
    for (const stageId of ['page', 'look-and-emblem']) {
      await jarvis.changeRoadmap(runId, { type: 'skip', stageId, reason: 'No' }, { author: 'Ann' });
    }
    return { context, jarvis, runId, result: await jarvis.resume(runId) };
  }

  it('is not opened again as it is: what gives it something to do is named, and nothing is written down', async () => {
    const { context, jarvis, runId, result } = await runToNothing();
    const before = await listTypes(context.journal, runId);

    const refused = jarvis.resume(runId, { reopen: true });

    await expect(refused).rejects.toMatchObject({
      code: 'JARVIS_RUN_OVER',
      message: expect.stringContaining(`jarvis roadmap reopen ${runId} <stage>`) as unknown,
    });
    expect(result).toMatchObject({ status: 'partial', reason: 'nothing_left' });
    expect(result.nextCommand).toContain('jarvis roadmap reopen');
    expect(await listTypes(context.journal, runId)).toEqual(before);
  });

  it('goes on when it is opened again with a stage to work on', async () => {
    const { context, jarvis, runId } = await runToNothing();

    const posted = await jarvis.changeRoadmap(
      runId,
      { type: 'reopen', stageId: 'page', reason: 'Now' },
      { author: 'Ann' },
    );
    await jarvis.resume(runId, { reopen: true });
    await jarvis.approve(runId, { by: 'Ada', gateId: 'stage-page-1.1' });
    const result = await jarvis.resume(runId);

    expect(posted.holdsFrom).toBe('reopening');
    expect(result).toMatchObject({ status: 'done' });
    const view = await readRun(context.journal, runId);
    expect(view.stages.map(({ id, status }) => [id, status])).toEqual([
      ['look-and-emblem', 'skipped'],
      ['page', 'completed'],
    ]);
    expect(view.roadmapVersions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a run that is over', () => {
  it('is not changed: what can be done instead is named', async () => {
    const { jarvis, runId } = await runAndCancel();

    await expect(jarvis.amend(runId, { maxRounds: 3 })).rejects.toMatchObject({
      code: 'JARVIS_RUN_OVER',
      status: 'cancelled',
      message: expect.stringContaining(`jarvis resume ${runId} --reopen`) as unknown,
    });
  });
});

describe('a run that is done', () => {
  it('is not opened again, and resuming it gives its result', async () => {
    const { jarvis, journal, runId } = await runOnce(createWorld());
    const before = await listTypes(journal, runId);

    await expect(jarvis.resume(runId, { reopen: true })).rejects.toMatchObject({
      code: 'JARVIS_RUN_OVER',
      status: 'done',
    });
    await expect(jarvis.resume(runId)).resolves.toMatchObject({ status: 'done' });

    expect(await listTypes(journal, runId)).toEqual(before);
  });
});

async function runOnce<World extends ReturnType<typeof createWorld>>(world: World) {
  const { runId, rounds } = await world.jarvis.run({ task });
  return { ...world, runId, rounds: rounds.length };
}

/** A team for one stage, in which everybody is content. */
function answerAdaptive(purpose: string): string {
  const page = '<!doctype html><title>Knots</title><h1>Knots</h1>\n';
  const answers: Readonly<Record<string, unknown>> = {
    plan: { steps: ['Write index.html'], acceptanceCriteria: ['It has a title'] },
    split: {
      stages: [
        {
          name: 'Page',
          goal: 'A page',
          categories: ['layout_structure'],
          planSteps: [1],
          requirements: ['A title'],
        },
      ],
    },
    work: { summary: 'Done', files: [{ path: 'index.html', content: page }] },
    audit: { findings: [] },
    review: { approved: true, feedback: [] },
  };
  return JSON.stringify(answers[purpose] ?? {});
}
