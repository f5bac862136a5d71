import type { AskModel } from '@jarvis/core';

import type { RunState } from './run-state.ts';

/** The stage that is worked on; `undefined` before there is one, and for a review of all of them together. */
export function stageAtWork(state: RunState): string | undefined {
  const stage = stageOfAction(state);
  if (stage === undefined) return state.roadmap?.stages.find(({ status }) => status === 'active')?.id;
  return state.openAction?.action.type === 'review' ? undefined : stage;
}

function stageOfAction({ openAction, rounds }: RunState): string | undefined {
  const action = openAction?.action;
  const round = action !== undefined && 'round' in action ? action.round : undefined;
  return rounds.find(({ number }) => number === round)?.stage;
}

/** Asks on behalf of a stage, so that the cap of a stage can hold; before the plan, of the run. */
export function askForStage(ask: AskModel, stage: string | undefined): AskModel {
  return stage === undefined ? ask : (request, key) => ask({ stage, ...request }, key);
}
