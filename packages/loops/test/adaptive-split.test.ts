import { describe, expect, it } from 'vitest';

import { createStageTeam, type StageScript } from './adaptive-team.ts';

const task = 'Build a site about knots';
const stages = [{ name: 'Layout' }, { name: 'Style' }];

function divisionOf(change: (stage: Record<string, unknown>, index: number) => object): object {
  const good = stages.map(({ name }, index) => ({
    name,
    goal: `${name} is done`,
    categories: ['data'],
    planSteps: [index + 1],
    requirements: [],
    after: [],
  }));
  return { stages: good.map((stage, index) => ({ ...stage, ...change(stage, index) })) };
}

const useless: readonly { readonly what: string; readonly division: object }[] = [
  { what: 'B31: no stage', division: { stages: [] } },
  { what: 'B34: a stage nobody knows is waited for', division: divisionOf(() => ({ after: [9] })) },
  {
    what: 'B35: stages wait for one another',
    division: divisionOf((_stage, index) => ({ after: [index === 0 ? 2 : 1] })),
  },
  {
    what: 'B36: a stage waits for itself',
    division: divisionOf((_stage, index) => ({ after: [index + 1] })),
  },
  { what: 'B37: a step that is not there', division: divisionOf(() => ({ planSteps: [1, 2, 3] })) },
  { what: 'B37: step 0', division: divisionOf(() => ({ planSteps: [0, 1, 2] })) },
  { what: 'B37: step -1', division: divisionOf(() => ({ planSteps: [-1, 1, 2] })) },
  { what: 'B37: step 1.5', division: divisionOf(() => ({ planSteps: [1.5, 1, 2] })) },
  { what: 'B38: a step that no stage owns', division: divisionOf(() => ({ planSteps: [1] })) },
  { what: 'B39: a category nobody knows', division: divisionOf(() => ({ categories: ['magic'] })) },
  {
    what: 'B40: names differ by case alone',
    division: divisionOf((_stage, index) => ({ name: ['One', 'ONE'][index] })),
  },
];

describe('a division of the plan that cannot be used', () => {
  it.each(useless)('$what: is asked for once more, and used when it is better', async ({ division }) => {
    const split: StageScript['split'] = (asked) => (asked === 1 ? division : undefined);
    const { jarvis, llm } = createStageTeam({ stages, split });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.roadmap?.stages.map(({ id }) => id)).toEqual(['layout', 'style']);
    expect(llm.requests.filter(({ purpose }) => purpose === 'split')).toHaveLength(2);
  });

  it.each(useless)(
    '$what: fails the run when the second is no better; nothing is worked on',
    async ({ division }) => {
      const { jarvis, llm } = createStageTeam({ stages, split: () => division });

      const result = await jarvis.run({ task });

      expect(result).toMatchObject({ status: 'failed', reason: 'schema_mismatch', files: [] });
      expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'split', 'split']);
    },
  );

  it('is one of more stages than are allowed', async () => {
    const { jarvis } = createStageTeam({ stages }, { config: { loop: { maxStages: 1 } } });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'failed', reason: 'schema_mismatch' });
    expect(result.message).toContain('There are 2 stages; at most 1 are allowed.');
  });

  it('B32: is not asked for when the plan has 100,000 steps', async () => {
    const { jarvis, llm } = createStageTeam(
      { stages, stepsPerStage: 50_000 },
      { config: { costs: { capUsd: 'unlimited' } } },
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'failed', reason: 'schema_mismatch', files: [] });
    expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'plan']);
  });
});
