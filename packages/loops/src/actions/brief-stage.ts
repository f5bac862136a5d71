import { carryOver, type StageSnapshot, toStageMemory, unsettledFindings } from '@jarvis/stages';

import type { ActionScope } from './action-scope.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { stageOf } from '../engine/stage-inside.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { outcomeBefore } from '../engine/turns.ts';

/** What an employee is told that several tries have not settled. */
const OTHER_INSTRUCTIONS =
  'Several tries have not settled this. Leave the way so far: begin from the requirements of the stage and write the parts in question anew.';

/** What has to be different from the try before: in a stage, what is not settled there; otherwise what was said of it. */
export function collectFeedback(state: RunState, round: Round, dialect: Dialect): readonly string[] {
  const before = outcomeBefore(state.rounds, round);
  if (round.cycle === undefined || round.stage === undefined) {
    return before === undefined ? [] : dialect.feedbackOn(before);
  }
  const stage = stageOf(state, round.stage);
  return [
    ...(before?.apply?.type === 'refused' ? before.apply.problems : []),
    ...(stage.reason === undefined ? [] : [stage.reason]),
    ...unsettledFindings(stage.findings).map(({ finding }) => dialect.describeFinding(finding)),
    ...stage.memory.flatMap((entry) =>
      entry.kind === 'clarification' ? [`You asked: ${entry.question} Answer: ${entry.answer}`] : [],
    ),
    ...(lastStep(stage) === 'other_instructions' ? [OTHER_INSTRUCTIONS] : []),
  ];
}

/** Whether the ladder has come to the strongest model there is. */
export function wantsStrongest(state: RunState, { cycle, stage }: Round): boolean {
  if (cycle === undefined || stage === undefined) return false;
  return stageOf(state, stage).escalations.some(({ step }) => step === 'stronger_model');
}

function lastStep({ escalations }: StageSnapshot) {
  return escalations.at(-1)?.step;
}

/** About how much the employee is told of other stages, in tokens. */
const NOTES_TOKENS = 1_500;

/** Of how many stages it is told, beside those it builds on: the newest ones. */
const NEWEST_STAGES = 30;

/** Fewer bytes make no token in code or prose; the same for every model, so that none changes what is told. */
const BYTES_PER_TOKEN = 3;

/** What is known of the other stages that matters for this one; empty when nothing does. */
export function recallNotes({ state }: Pick<ActionScope, 'state'>, { stage, cycle }: Round): string {
  const planned = state.roadmap?.stages.find(({ id }) => id === stage);
  if (cycle === undefined || planned === undefined) return '';
  const { name, goal, requirements } = planned.brief;
  const memories = [...state.stages]
    .filter(([id]) => id !== planned.id)
    .filter(([id], index, all) => index >= all.length - NEWEST_STAGES || planned.dependsOn.includes(id))
    .map(([id, snapshot]) => toStageMemory(id, snapshot));
  return carryOver(memories, {
    stageId: planned.id,
    about: [name, goal, ...requirements].join('\n'),
    dependsOn: planned.dependsOn,
    budgetTokens: NOTES_TOKENS,
    count: (text) => Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN),
  }).text;
}
