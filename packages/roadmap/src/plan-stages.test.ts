import { describe, expect, it } from 'vitest';

import { createRoadmap } from './create-roadmap.ts';
import { planStages } from './plan-stages.ts';

const PLAN = { planSteps: ['draw', 'build', 'test'], requirements: ['fast', 'pretty'] };
const DESIGN = { id: 'design', name: 'Design', goal: 'it is drawn', planSteps: [0], requirements: [1] };
const BUILD = { id: 'build', name: 'Build', goal: 'it stands', planSteps: [2, 1], categories: ['backend'] };

describe('planStages', () => {
  it('gives stages with the steps in the order of the plan, and all requirements where none is named', () => {
    const stages = planStages(PLAN, [DESIGN, { ...BUILD, dependsOn: ['design'] }]);

    expect(createRoadmap(stages).stages).toEqual([
      {
        id: 'design',
        brief: { name: 'Design', goal: 'it is drawn', planSteps: ['draw'], requirements: ['pretty'] },
        dependsOn: [],
        status: 'pending',
      },
      {
        id: 'build',
        brief: {
          name: 'Build',
          goal: 'it stands',
          planSteps: ['build', 'test'],
          requirements: ['fast', 'pretty'],
        },
        dependsOn: ['design'],
        status: 'pending',
        categories: ['backend'],
      },
    ]);
  });

  it.each([3, -1, 1.5])('refuses plan step %d of a plan of three (B37)', (position) => {
    const parts = [{ ...DESIGN, planSteps: [0, position] }, BUILD];

    expect(() => planStages(PLAN, parts)).toThrow(
      `The plan cannot be divided like this (counted from 1): part "design" takes plan step ${String(position + 1)}, but there are 1 to 3.`,
    );
  });

  it('refuses a plan step that no stage owns, and quotes it (B38)', () => {
    expect(() =>
      planStages(PLAN, [
        { ...DESIGN, requirements: [0, 1] },
        { ...BUILD, planSteps: [1] },
      ]),
    ).toThrow('no part takes plan step 3 ("test")');
  });

  it('says that there is nothing to take where a list is empty', () => {
    expect(() => planStages({ planSteps: [], requirements: [] }, [DESIGN])).toThrow(
      'part "design" takes plan step 1, but there are none',
    );
  });

  it('leaves it to the roadmap to refuse a plan without stages', () => {
    expect(() => createRoadmap(planStages(PLAN, []))).toThrow('there is no stage');
  });
});
