import { describe, expect, it } from 'vitest';

import { findSplitProblems, type SplitReply, toSplit, toStageId } from './split-reply.ts';

const plan = { steps: ['Draw it', 'Write it'], acceptanceCriteria: [] };

interface Part {
  readonly name: string;
  readonly steps?: readonly number[];
  readonly after?: readonly number[];
}

function divide(...parts: readonly Part[]): SplitReply {
  return {
    stages: parts.map(({ name, steps = [] }) => ({
      name,
      goal: `${name} is there`,
      categories: ['data'],
      planSteps: [...steps],
      requirements: [],
    })),
    after: parts.map(({ after = [] }) => [...after]),
  };
}

describe('findSplitProblems', () => {
  it('finds nothing wrong with stages that share out the plan', () => {
    const division = divide({ name: 'Images', steps: [0] }, { name: 'Words', steps: [1], after: [0] });

    expect(findSplitProblems(division, plan)).toEqual([]);
  });

  it.each([
    {
      what: 'B35, B36: a stage that waits for itself',
      division: divide({ name: 'Images', steps: [0, 1], after: [0] }),
      problem: 'The stage "Images" waits for "Images", which does not come before it.',
    },
    {
      what: 'B34, B35: a stage that waits for one further down, or for none at all',
      division: divide({ name: 'Images', steps: [0, 1], after: [4] }),
      problem: 'The stage "Images" waits for "number 5", which does not come before it.',
    },
    {
      what: 'B37: a step the plan does not have',
      division: divide({ name: 'Images', steps: [0, 1, 2] }),
      problem: 'The stage "Images" names step 3 of the plan, which has 2 steps.',
    },
    {
      what: 'B38: a step that no stage carries out',
      division: divide({ name: 'Images', steps: [0] }),
      problem: 'No stage carries out step 2 of the plan ("Write it").',
    },
    {
      what: 'B40: two names that differ by case alone',
      division: divide({ name: 'Images', steps: [0, 1] }, { name: 'IMAGES' }),
      problem: 'Two stages are called "IMAGES"; give each a name of its own, case does not count.',
    },
  ])('$what', ({ division, problem }) => {
    expect(findSplitProblems(division, plan)).toEqual([problem]);
  });

  it('cuts names that do not fit in a line', () => {
    const [problem = ''] = findSplitProblems(
      divide({ name: 'x'.repeat(500), steps: [0, 1], after: [0] }),
      plan,
    );

    expect(problem.length).toBeLessThan(250);
  });
});

describe('toSplit', () => {
  it('gives each stage an id of its own, and names by it what comes before', () => {
    const { stages } = toSplit(divide({ name: 'Ünïcode & co' }, { name: 'ünicode… co', after: [0] }));

    expect(stages.map(({ id, dependsOn }) => ({ id, dependsOn }))).toEqual([
      { id: 'unicode-co', dependsOn: [] },
      { id: 'unicode-co-2', dependsOn: ['unicode-co'] },
    ]);
  });

  it('B33: numbers stages whose names make the same id', () => {
    const { stages } = toSplit(divide({ name: 'One!' }, { name: 'One?' }, { name: 'One.' }));

    expect(stages.map(({ id }) => id)).toEqual(['one', 'one-2', 'one-3']);
  });

  it('has an id for a name without letters', () => {
    expect(toStageId('你好')).toBe('stage');
  });
});
