import type { Plan } from '../agents/agent-reply.ts';
import type { ShownRoadmap, StageBrief, WorkBrief } from './dialect.ts';

/** A plan with the numbers its steps are referred to by. */
export function showPlan({ steps, acceptanceCriteria }: Plan): object {
  return { steps: steps.map((step, index) => ({ number: index + 1, step })), acceptanceCriteria };
}

/** A stage as agents are told of it. */
export function showStage({ name, goal, planSteps, requirements }: StageBrief): object {
  return { name, goal, planSteps, requirements };
}

/** The project's files, and what did not fit; a field that says nothing is `undefined`, and with it left out. */
export function showProject({
  files,
  leftOut,
}: {
  readonly files: WorkBrief['files'];
  readonly leftOut: WorkBrief['leftOut'];
}): { readonly files: object; readonly filesLeftOut: object | undefined } {
  return {
    files: files.map(({ path, content }) => ({ path, content })),
    filesLeftOut:
      leftOut === undefined
        ? undefined
        : {
            reason: 'These files of the project did not fit; only path and size are told.',
            files: leftOut.files,
            more: leftOut.more,
          },
  };
}

/** The stages of the roadmap, and how many there are beside them. */
export function showStages({ roadmap, moreStages }: ShownRoadmap): object {
  return { roadmap, ...(moreStages === undefined ? {} : { moreStages }) };
}
