import { defaultConfig, type RunContext } from '@jarvis/core';
import { createSpendingWatch, isRunCost, readCostHistory, type RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, type Team } from './team.ts';

const TASK = 'Build a page';

/** Records of a run, as somebody who watches it gets them. */
async function recordsOf({ jarvis }: Team, task = TASK): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  for await (const record of jarvis.stream({ task })) records.push(record);
  return records;
}

function configWith(costs: Partial<RunContext['config']['costs']>): Partial<RunContext> {
  return { config: { ...defaultConfig, costs: { ...defaultConfig.costs, ...costs } } };
}

describe('readCostHistory', () => {
  it('is empty before the first run', async () => {
    const { context } = createTeam();

    expect(await readCostHistory(context.journal)).toEqual({
      lines: [],
      total: { runs: 0, spentUsd: 0, inDoubtUsd: 0, calls: 0 },
    });
  });

  it('tells what each run cost, newest first, and what they cost together', async () => {
    const team = createTeam();
    const first = await team.jarvis.run({ task: TASK });
    const second = await team.jarvis.run({ task: 'Build another page' });

    const { lines, total } = await readCostHistory(team.context.journal);

    expect(lines.map(({ runId }) => runId)).toEqual([second.runId, first.runId]);
    expect(lines[1]).toMatchObject({
      mode: 'SIMPLE_2LOOP',
      status: 'done',
      isSimulated: false,
      spentUsd: first.cost.spentUsd,
      calls: first.cost.calls,
      models: ['gpt-4.1-mini'],
    });
    expect(total).toMatchObject({ runs: 2, calls: first.cost.calls + second.cost.calls, inDoubtUsd: 0 });
    expect(total.spentUsd).toBeCloseTo(first.cost.spentUsd + second.cost.spentUsd, 12);
  });

  it('names a run that cannot be read, and counts the others', async () => {
    const team = createTeam();
    const { runId } = await team.jarvis.run({ task: TASK });
    const journal = Object.create(team.context.journal, {
      listRuns: { value: () => Promise.resolve(['gone', runId]) },
      read: { value: (id: string) => team.context.journal.read(id) },
    }) as RunContext['journal'];

    const { lines, total } = await readCostHistory(journal);

    expect(lines[0]).toMatchObject({ runId: 'gone', error: { code: 'JARVIS_RUN_NOT_FOUND' } });
    expect(lines.filter(isRunCost)).toHaveLength(1);
    expect(total.runs).toBe(1);
  });
});

describe('createSpendingWatch', () => {
  it('says once when the amount is reached', async () => {
    const records = await recordsOf(createTeam({}, configWith({ warnAtUsd: 0.000_01 })));
    const watch = createSpendingWatch();

    const told = records.map(watch).filter((text) => text !== undefined);

    expect(told).toEqual([
      expect.stringMatching(
        /^Warning: this run has cost \$0\.\d+ so far; costs\.warnAtUsd is \$0\.000010, the cap is \$1\.00\.$/u,
      ),
    ]);
  });

  it('says nothing of a run that does not cost as much, or has no such amount', async () => {
    for (const costs of [{ warnAtUsd: 0.99 }, {}]) {
      const records = await recordsOf(createTeam({}, configWith(costs)));
      const watch = createSpendingWatch();

      expect(records.map(watch).filter((text) => text !== undefined)).toEqual([]);
    }
  });

  it('goes on from what the run had cost before', async () => {
    const records = await recordsOf(createTeam({}, configWith({ warnAtUsd: 0.000_01, capUsd: 'unlimited' })));
    const reached = 1 + records.findIndex(({ type }) => type === 'attempt.closed');

    const late = createSpendingWatch(records.slice(0, reached));
    const early = createSpendingWatch(records.slice(0, reached - 1));

    expect(
      records
        .slice(reached)
        .map(late)
        .filter((text) => text !== undefined),
    ).toEqual([]);
    expect(
      records
        .slice(reached - 1)
        .map(early)
        .filter((text) => text !== undefined),
    ).toEqual([expect.stringContaining('there is no cap')]);
  });
});

describe('caps inside the cap', () => {
  it('stop a run before it pays, and name what to raise', async () => {
    const roleCapsUsd = { ...defaultConfig.costs.roleCapsUsd, employee: 0.001 };
    const { jarvis, llm } = createTeam({}, configWith({ roleCapsUsd }));

    const result = await jarvis.run({ task: TASK });

    expect(result).toMatchObject({
      status: 'stopped',
      reason: 'budget',
      errorCode: 'JARVIS_COST_CAP_REACHED',
    });
    expect(result.message).toContain('Raise costs.roleCapsUsd.employee');
    expect(llm.requests.map(({ role }) => role)).toEqual(['manager']);
  });

  it('count what is asked for the stage that is worked on, and not what the plan cost', async () => {
    const team = createTeam({}, configWith({ stageCapUsd: 0.001 }));

    const records = await recordsOf(team);

    const openings = records.flatMap(({ type, data }) => (type === 'attempt.opened' ? [data] : []));
    const [stop] = records.flatMap(({ type, data }) => (type === 'run.paused' ? [data] : []));
    expect(openings.map(({ role, stage }) => [role, stage])).toEqual([['manager', undefined]]);
    expect(stop?.message).toContain('Cost cap of stage "whole-task" reached');
  });

  it('let a run through that stays below the cap of its stage', async () => {
    const records = await recordsOf(createTeam({}, configWith({ stageCapUsd: 0.5 })));

    const stages = records.flatMap(({ type, data }) => (type === 'attempt.opened' ? [data.stage] : []));
    expect(stages).toEqual([undefined, 'whole-task', 'whole-task']);
    expect(records.at(-1)).toMatchObject({ type: 'run.ended', data: { status: 'done' } });
  });
});
