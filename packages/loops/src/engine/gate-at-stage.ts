import type { GateFacts } from '@jarvis/core';
import type { Roadmap } from '@jarvis/roadmap';
import { defaultStageCategories, stageKinds } from '@jarvis/stages';

import { stageCategories } from '../agents/split-reply.ts';
import type { Action } from './action.ts';
import { commonFacts, type GateQuestion } from './gate-question.ts';
import type { RunState } from './run-state.ts';

type Stage = Roadmap['stages'][number];

/** What is asked before the first work on a stage; a task that is not divided is one stage. */
export function askAboutStage(
  { stage: wanted }: Extract<Action, { type: 'work' }>,
  state: RunState,
): readonly GateQuestion[] {
  const { rounds, roadmap } = state;
  if (rounds.some(({ stage }) => stage === wanted)) return [];
  const stages = roadmap?.stages ?? [];
  const stage = wanted === undefined ? stages[0] : stages.find(({ id }) => id === wanted);
  return stage === undefined ? [] : [toQuestion(stage, state)];
}

function toQuestion(stage: Stage, state: RunState): GateQuestion {
  const { id, brief, categories = [], dependsOn } = stage;
  const kinds = stageKinds(brief);
  const shown = { task: state.accepted?.task ?? '', stage: { id, ...brief, kinds, categories, dependsOn } };
  return { place: 'stage', name: `stage-${id}`, subject: shown, shown, facts: toFacts(stage, kinds, state) };
}

/** The longest text a condition is compared with, in characters. */
const MAX_FACT = 1_000;

/** Every kind and category is a fact of its own, true or false, so that a condition can be sure of it. */
function toFacts({ brief, categories = [] }: Stage, kinds: readonly string[], state: RunState): GateFacts {
  const known = defaultStageCategories.map(({ kind }) => [`kind.${kind}`, kinds.includes(kind)] as const);
  const named = [...stageCategories, ...categories.map((category) => category.slice(0, 80))];
  return {
    ...commonFacts(state),
    stage: brief.name.slice(0, MAX_FACT),
    planSteps: brief.planSteps.length,
    requirements: brief.requirements.length,
    ...Object.fromEntries(known),
    ...Object.fromEntries(
      named.map((name) => [
        `category.${name}`,
        categories.some((category) => category.slice(0, 80) === name),
      ]),
    ),
  };
}
