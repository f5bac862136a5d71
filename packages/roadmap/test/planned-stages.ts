import type { NewStage } from '../src/roadmap-stage.ts';

/** A stage nobody needs to read closely: only its id and what it depends on matter to the test. */
export function plan(id: string, ...dependsOn: string[]): NewStage {
  return {
    id,
    brief: { name: `The ${id}`, goal: `${id} works`, planSteps: [], requirements: [] },
    dependsOn,
  };
}

/** A stage with two plan steps and a requirement of its own, for tests that divide and join stages. */
export function planWithSteps(id: string, ...dependsOn: string[]): NewStage {
  const { brief, ...rest } = plan(id, ...dependsOn);

  return {
    ...rest,
    brief: { ...brief, planSteps: [`${id} 1`, `${id} 2`], requirements: [`${id} is tested`] },
  };
}
