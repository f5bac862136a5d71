import type { AskModel } from '@jarvis/core';

import type { RunState } from '../engine/run-state.ts';

/** The stage that is worked on; `undefined` before there is one, and for a review of all of them together. */
export function stageAtWork({ openAction, rounds, roadmap }: RunState): string | undefined {
  const action = openAction?.action;
  const round = action !== undefined && 'round' in action ? action.round : undefined;
  const stage = rounds.find(({ number }) => number === round)?.stage;
  if (action?.type === 'review' && stage !== undefined) return undefined;
  return stage ?? roadmap?.stages.find(({ status }) => status === 'active')?.id;
}

/** Asks on behalf of a stage, so that the cap of a stage can hold; before the plan, of the run. */
export function askForStage(ask: AskModel, stage: string | undefined): AskModel {
  return stage === undefined ? ask : (request, key) => ask({ stage, ...request }, key);
}
