import { type ConfigInput, gateStatus, MemoryJournal } from '@jarvis/core';
import { MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRun } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createStageTeam, errorIn, type StageScript, write } from './adaptive-team.ts';
import { PAGE, scriptTeam, type TeamScript } from './team.ts';

const task = 'Build a site about knots';
const APART = [{ name: 'Layout' }, { name: 'Style' }];
const IN_PHASES = { mode: 'LEGACY_3LOOP', gates: askOwner('stage') } as const;

type Gates = NonNullable<ConfigInput['gates']>;
type Place = Gates[number]['at'];

function askOwner(at: Place): Gates {
  return [{ at, approvers: [{ role: 'owner' }] }];
}

/** A run of two, that waits at its first gate. */
async function runTeam(config: ConfigInput, script: TeamScript = {}) {
  const journal = new MemoryJournal();
  const workspace = new MemoryWorkspace();
  const llm = new ScriptedLlmClient(scriptTeam(script));
  const context = testRunContext({ journal, workspace, llm });
  const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', ...config } });
  const result = await jarvis.run({ task });
  return { journal, workspace, llm, jarvis, result, runId: result.runId };
}

async function runStages(config: ConfigInput, script: StageScript = {}) {
  const journal = new MemoryJournal();
  const team = createStageTeam(script, { config, journal });
  const result = await team.jarvis.run({ task });
  return { ...team, journal, result, runId: result.runId };
}

async function listGates(journal: MemoryJournal, runId: string) {
  const { gates } = await readRun(journal, runId);
  return gates.map((gate) => `${gate.id} ${gateStatus(gate)}`);
}

async function lastGate(journal: MemoryJournal, runId: string) {
  return (await readRun(journal, runId)).gates.at(-1) ?? expect.fail('no gate was opened');
}

describe('a gate at the plan', () => {
  it.each(['LEGACY_3LOOP', 'PHASE3'] as const)(
    'in mode %s shows the stages before any work',
    async (mode) => {
      const { journal, llm, jarvis, runId, result } = await runStages({ mode, gates: askOwner('plan') });

      const { shown, facts } = await lastGate(journal, runId);
      const asked = llm.requests.map(({ purpose }) => purpose);
      await jarvis.approve(runId, { by: 'Ada' });
      const done = await jarvis.resume(runId);

      expect(result.reason).toBe('gate_waiting');
      expect(asked).toEqual(['plan', 'split']);
      expect(shown).toMatchObject({ stages: [{ name: 'Layout' }, { name: 'Style' }, { name: 'Text' }] });
      expect(facts).toMatchObject({ steps: 3, stages: 3 });
      expect(done.status).toBe('done');
      expect(await listGates(journal, runId)).toEqual(['plan-1.1 approved']);
    },
  );

  it('F47: asks again when the stages have changed since, and what was said of the older ones does not count', async () => {
    const { journal, jarvis, runId } = await runStages({ gates: askOwner('plan') });
    const { subjectHash } = await lastGate(journal, runId);
    const reason = 'Nobody reads it.';
    await jarvis.changeRoadmap(runId, { type: 'skip', stageId: 'text', reason }, { author: 'Ada' });

    const waiting = await jarvis.resume(runId);
    const stale = [
      jarvis.approve(runId, { by: 'Ada', gateId: 'plan-1.1' }),
      jarvis.approve(runId, { by: 'Ada', subjectHash }),
    ];
    for (const decision of stale) await expect(decision).rejects.toMatchObject({ outcome: 'stale' });
    await jarvis.approve(runId, { by: 'Ada' });
    const done = await jarvis.resume(runId);

    expect(waiting.reason).toBe('gate_waiting');
    expect(done.status).toBe('done');
    expect(await listGates(journal, runId)).toEqual(['plan-1.1 superseded', 'plan-1.2 approved']);
  });
});

describe('a gate before stages', () => {
  it('asks before the first work on each, and not before the second', async () => {
    const audit: StageScript['audit'] = ({ stage, cycle }) =>
      stage === 'Layout' && cycle === 1 ? { findings: [errorIn('Layout', 'It is grey')] } : undefined;
    const { journal, jarvis, runId, llm } = await runStages({ gates: askOwner('stage') }, { audit });
    const before = llm.requests.map(({ purpose }) => purpose);

    for (let stage = 1; stage <= 3; stage += 1) {
      await jarvis.approve(runId, { by: 'Ada' });
      await jarvis.resume(runId);
    }

    expect(before).toEqual(['plan', 'split']);
    expect((await readRun(journal, runId)).status).toBe('done');
    expect(await listGates(journal, runId)).toEqual([
      'stage-layout-1.1 approved',
      'stage-style-1.1 approved',
      'stage-text-1.1 approved',
    ]);
  });

  it('closes by itself when its stage is skipped, so that the next one is the only one that waits', async () => {
    const { journal, jarvis, runId } = await runStages(IN_PHASES, { stages: APART });
    const reason = 'Nobody reads it.';
    await jarvis.changeRoadmap(runId, { type: 'skip', stageId: 'layout', reason }, { author: 'Ada' });
    const waiting = await jarvis.resume(runId);
    const gates = await listGates(journal, runId);
    const late = jarvis.approve(runId, { by: 'Ada', gateId: 'stage-layout-1.1' });
    await expect(late).rejects.toMatchObject({ outcome: 'closed' });

    await jarvis.approve(runId, { by: 'Ada' });
    const done = await jarvis.resume(runId);

    expect(waiting.reason).toBe('gate_waiting');
    expect(gates).toEqual(['stage-layout-1.1 moot', 'stage-style-1.1 open']);
    expect((await readRun(journal, runId)).gates[0]?.closed?.reason).toBe('The stage layout is skipped.');
    expect(done).toMatchObject({ status: 'done' });
  });

  it('closes by itself when its stage is dropped, also when nothing else is left', async () => {
    const { journal, jarvis, runId } = await runStages(IN_PHASES, { stages: APART });
    for (const change of [
      { type: 'drop', stageId: 'layout', reason: 'Nobody reads it.' },
      { type: 'skip', stageId: 'style', reason: 'Nobody reads it.' },
    ] as const)
      await jarvis.changeRoadmap(runId, change, { author: 'Ada' });

    const ended = await jarvis.resume(runId);

    expect(ended).toMatchObject({ status: 'partial', reason: 'nothing_left' });
    expect(await listGates(journal, runId)).toEqual(['stage-layout-1.1 moot']);
    expect((await readRun(journal, runId)).gates[0]?.closed?.reason).toContain('is not on the roadmap');
  });

  it('asks again when a stage that was skipped is taken up again', async () => {
    const { journal, jarvis, runId } = await runStages(IN_PHASES, { stages: APART });
    const reason = 'Nobody reads it.';
    await jarvis.changeRoadmap(runId, { type: 'skip', stageId: 'layout', reason }, { author: 'Ada' });
    await jarvis.resume(runId);
    await jarvis.changeRoadmap(runId, { type: 'reopen', stageId: 'layout', reason }, { author: 'Ada' });
    await jarvis.approve(runId, { by: 'Ada' });

    const waiting = await jarvis.resume(runId);

    expect(waiting.reason).toBe('gate_waiting');
    expect(await listGates(journal, runId)).toEqual([
      'stage-layout-1.1 moot',
      'stage-style-1.1 approved',
      'stage-layout-1.2 open',
    ]);
  });

  it('asks only about the kinds and categories its conditions name', async () => {
    const when = { field: 'kind.deployment', eq: true } as const;
    const { journal, runId, result } = await runStages(
      { gates: [{ at: 'stage', approvers: [{ role: 'owner', when }] }] },
      { stages: [{ name: 'Layout' }, { name: 'Deploy it', after: [1] }] },
    );

    const { facts, shown } = await lastGate(journal, runId);
    expect(result.reason).toBe('gate_waiting');
    expect(await listGates(journal, runId)).toEqual([
      'stage-layout-1.1 approved',
      'stage-deploy-it-1.1 open',
    ]);
    expect(facts).toMatchObject({
      stage: 'Deploy it',
      planSteps: 1,
      'kind.deployment': true,
      'kind.payment': false,
      'category.content_ux': true,
      'category.data': false,
    });
    expect(shown).toMatchObject({ stage: { kinds: ['deployment'], categories: ['content_ux'] } });
  });

  it('takes a task that is not divided for one stage', async () => {
    const { journal, runId, result } = await runTeam({ gates: askOwner('stage') });

    expect(result.reason).toBe('gate_waiting');
    expect(await listGates(journal, runId)).toEqual(['stage-whole-task-1.1 open']);
  });
});

const WORKFLOW = '.github/workflows/ci.yml';
const protectedWork: TeamScript = {
  work: [
    [
      { path: 'index.html', content: PAGE },
      { path: WORKFLOW, content: 'on: push\n' },
    ],
    [{ path: 'index.html', content: PAGE }],
  ],
};

describe('a gate at protected files', () => {
  it('B66: shows what would be written, and writes it once a person has agreed', async () => {
    const { journal, workspace, jarvis, runId, result } = await runTeam(
      { gates: askOwner('protected-files') },
      protectedWork,
    );
    const { shown, facts } = await lastGate(journal, runId);
    const before = workspace.read('index.html');

    await jarvis.approve(runId, { by: 'Ada' });
    const done = await jarvis.resume(runId);

    expect(result.reason).toBe('gate_waiting');
    expect(before).toBeUndefined();
    expect(shown).toMatchObject({ protected: [{ path: WORKFLOW, content: 'on: push\n' }] });
    expect(facts).toMatchObject({ protectedFiles: 1, files: 2 });
    expect(done).toMatchObject({ status: 'done', files: [WORKFLOW, 'index.html'] });
    expect(workspace.read(WORKFLOW)).toBe('on: push\n');
    expect(await listGates(journal, runId)).toEqual(['protected-1-1.1 approved']);
  });

  it('B66: has the answer refused, with the reason, when somebody says no, and the run goes on', async () => {
    const { workspace, llm, jarvis, runId } = await runTeam(
      { gates: askOwner('protected-files') },
      protectedWork,
    );

    await jarvis.reject(runId, { by: 'Ada', reason: 'no workflows here' });
    const done = await jarvis.resume(runId);

    const told = JSON.stringify(llm.requests.at(-2)?.messages);
    expect(done).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(done.rounds).toHaveLength(2);
    expect(told).toContain('Ada has looked at it and does not allow it: no workflows here');
    expect(workspace.read(WORKFLOW)).toBeUndefined();
  });

  it('B66: refuses the answer at once when no rule asks anybody', async () => {
    const { journal, result } = await runTeam({}, protectedWork);

    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(await listGates(journal, result.runId)).toEqual([]);
  });

  it('asks about scripts that run on install, too', async () => {
    const manifest = JSON.stringify({ scripts: { postinstall: 'node x.js' } });
    const { journal, jarvis, runId } = await runTeam(
      { gates: askOwner('protected-files') },
      { work: [[{ path: 'package.json', content: manifest }]] },
    );
    const { shown } = await lastGate(journal, runId);

    await jarvis.approve(runId, { by: 'Ada' });
    const done = await jarvis.resume(runId);

    expect(JSON.stringify(shown)).toContain('postinstall');
    expect(done.files).toEqual(['package.json']);
  });

  it('asks nobody about an answer that is refused in any case', async () => {
    const { journal, runId } = await runTeam(
      { gates: askOwner('protected-files'), loop: { maxRounds: 1 } },
      {
        work: [
          [
            { path: WORKFLOW, content: 'on: push\n' },
            { path: '../outside', content: 'x' },
          ],
        ],
      },
    );

    expect(await listGates(journal, runId)).toEqual([]);
  });
});

describe('a gate at caps', () => {
  const config: ConfigInput = { costs: { capUsd: 0.002 }, gates: askOwner('cap') };

  it('doubles the cap that was met once somebody has agreed, each time anew', async () => {
    const { journal, jarvis, runId, result } = await runTeam(config);
    const { shown } = await lastGate(journal, runId);

    let now = result;
    for (let step = 0; step < 10 && now.reason === 'gate_waiting'; step += 1) {
      await jarvis.approve(runId, { by: 'Ada' });
      now = await jarvis.resume(runId);
    }

    const { gates, cost } = await readRun(journal, runId);
    expect(result).toMatchObject({ status: 'waiting', reason: 'gate_waiting' });
    expect(shown).toMatchObject({ cap: 'the run', capUsd: 0.002, newCapUsd: 0.004 });
    expect(now.status).toBe('done');
    expect(cost.capUsd).toBeCloseTo(0.002 * 2 ** gates.length, 9);
    expect(cost.spentUsd).toBeLessThanOrEqual(Number(cost.capUsd));
  });

  it('ends the run when somebody says no', async () => {
    const { jarvis, runId, llm } = await runTeam(config);
    const asked = llm.requests.length;

    await jarvis.reject(runId, { by: 'Ada', reason: 'dear enough' });
    const result = await jarvis.resume(runId);

    expect(result).toMatchObject({ status: 'blocked', reason: 'gate_rejected' });
    expect(llm.requests).toHaveLength(asked);
  });

  it('is not passed by raising the cap in another way; lowering it is free', async () => {
    const { jarvis, runId } = await runTeam(config);

    for (const wish of [{ capUsd: 1 }, { capUsd: 'unlimited' }] as const) {
      await expect(jarvis.amend(runId, wish)).rejects.toThrow('a rule at "cap" says who may raise it');
      await expect(jarvis.resume(runId, wish)).rejects.toThrow('a rule at "cap" says who may raise it');
    }
    await expect(jarvis.amend(runId, { capUsd: 0.001, stageCapUsd: 0.5 })).resolves.toBeUndefined();
  });

  it.each([
    ['a role', { roleCapsUsd: { employee: 0.000_01 } }, 'the employee'],
    ['stages', { stageCapUsd: 0.000_01 }, 'stage "whole-task"'],
  ] as const)('asks about the cap of %s as well', async (_what, costs, cap) => {
    const { journal, runId, result } = await runTeam({ costs, gates: askOwner('cap') });

    expect(result.reason).toBe('gate_waiting');
    expect((await lastGate(journal, runId)).shown).toMatchObject({ cap, newCapUsd: 0.000_02 });
  });

  it('goes on without a stop where a rule approves by itself', async () => {
    const autoApprove = [{ when: [{ field: 'newCapUsd', lt: 1 }], because: 'Below a dollar.' }];
    const { result } = await runTeam({
      costs: { capUsd: 0.002 },
      gates: [{ at: 'cap', approvers: [{ role: 'owner' }], autoApprove }],
    });

    expect(result.status).toBe('done');
  });
});

/** A stage whose error nobody mends. */
const hopeless: StageScript = {
  stages: [{ name: 'Layout' }, { name: 'Text' }],
  audit: ({ stage, cycle }) =>
    stage === 'Layout' ? { findings: [errorIn('Layout', `Wrong in try ${String(cycle)}`)] } : undefined,
};

describe('a gate at a stage nobody can finish', () => {
  const config: ConfigInput = { gates: askOwner('blocked') };

  it('accepts what is left when a person does', async () => {
    const { journal, jarvis, runId, result } = await runStages(config, hopeless);
    const { shown } = await lastGate(journal, runId);

    await jarvis.approve(runId, { by: 'Ada', reason: 'good enough' });
    const done = await jarvis.resume(runId);

    expect(result.reason).toBe('gate_waiting');
    expect(shown).toMatchObject({ stage: 'Layout', findings: [{ severity: 'error' }] });
    expect(done.status).toBe('done');
    expect(done.roadmap?.stages).toMatchObject([{ status: 'completed', note: 'Ada: good enough' }, {}]);
  });

  it('blocks the stage when a person says no, and the run goes on with the others', async () => {
    const { jarvis, runId } = await runStages(config, hopeless);

    await jarvis.reject(runId, { by: 'Ada', reason: 'not like that' });
    const result = await jarvis.resume(runId);

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.roadmap?.stages).toMatchObject([
      { status: 'blocked', note: 'Not accepted by Ada: not like that' },
      { status: 'completed' },
    ]);
  });

  it('is refused where everything that is left is accepted anyway', async () => {
    const run = runStages({ ...config, loop: { onAuditLimit: 'accept' } }, hopeless);

    await expect(run).rejects.toThrow('never asks at "blocked" when what is left of a stage is accepted');
  });
});

describe('a gate before commits', () => {
  it('shows every file of the turn in a mode with phases', async () => {
    const { journal, runId } = await runStages(
      { mode: 'LEGACY_3LOOP', gates: askOwner('commit') },
      { work: ({ stage }) => [write(`${stage}.html`, PAGE)] },
    );

    const { shown } = await lastGate(journal, runId);
    expect(shown).toMatchObject({ files: ['Layout.html', 'Style.html', 'Text.html'] });
  });
});
