import type { AskModel } from '@jarvis/core';
import type { Roadmap } from '@jarvis/roadmap';

/** Asks on behalf of the stage that is worked on, so that the cap of a stage can hold; before the plan, of the run. */
export function askForStage(ask: AskModel, roadmap: Roadmap | undefined): AskModel {
  const active = roadmap?.stages.find(({ status }) => status === 'active');
  if (active === undefined) return ask;
  return (request, key) => ask({ stage: active.id, ...request }, key);
}
