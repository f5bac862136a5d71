import { newStage, type StageSnapshot } from '@jarvis/stages';

import type { RunState } from './run-state.ts';

/** The inside of a stage; a new one when nothing has happened in it. */
export function stageOf({ stages }: Pick<RunState, 'stages'>, stageId: string): StageSnapshot {
  return stages.get(stageId) ?? newStage;
}
