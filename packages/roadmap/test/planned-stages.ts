import type { NewStage } from '../src/roadmap-stage.ts';

/** A stage nobody needs to read closely: only its id and what it depends on matter to the test. */
export function plan(id: string, ...dependsOn: string[]): NewStage {
  return {
    id,
    brief: { name: `The ${id}`, goal: `${id} works`, planSteps: [], requirements: [] },
    dependsOn,
  };
}
