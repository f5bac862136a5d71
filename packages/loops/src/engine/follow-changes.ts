import { serializeError } from '@jarvis/core';
import type { RoadmapChange, RoadmapMutation } from '@jarvis/roadmap';
import { decideReopen, stageEventSchema } from '@jarvis/stages';

import { completeConfig } from './amendment.ts';
import type { Change } from './decision.ts';
import { changeRoadmap, changeStage } from './evolve-stages.ts';
import type { RunRecordDraft } from './run-records.ts';
import type { RunSession } from './run-session.ts';
import type { RunState } from './run-state.ts';
import { stageOf } from './stage-inside.ts';

type RoadmapWish = Extract<Change, { type: 'roadmap' }>;
type ChangeData = Extract<RunRecordDraft, { type: 'roadmap.changed' }>['data'];

/**
 * Puts changes a mode has decided on record; suggestions that do not fit are passed over. A change of the mode itself
 * that does not fit is not recorded: a journal that cannot be read back would be worse than a run that stops.
 *
 * @throws what keeps a change of the mode itself from fitting.
 */
export function followChanges(
  session: Pick<RunSession, 'state' | 'defer'>,
  changes: readonly Change[],
  nowMs: number,
): void {
  for (const change of changes) {
    if (change.type === 'stage') {
      const { stageId } = change;
      const event = stageEventSchema.parse(change.event);
      changeStage(session.state, stageId, event);
      session.defer({ type: 'stage.changed', data: { stageId, event } });
    } else {
      session.defer(toRecord(session.state, change, nowMs));
    }
  }
}

function toRecord(state: RunState, wish: RoadmapWish, nowMs: number): RunRecordDraft {
  const { mutation, author, reason, source, suggestion } = wish;
  const id = suggestion ?? `change-${String(state.changes.size + 1)}`;
  const change: RoadmapChange = {
    id,
    author,
    at: new Date(nowMs).toISOString(),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    mutation,
  };
  const data: ChangeData = { change, ...(source === undefined ? {} : { source }) };
  const problem = suggestion === undefined ? undefined : findProblem(state, data);
  if (problem !== undefined) return { type: 'roadmap.refused', data: { id, author, problem } };
  changeRoadmap(state, data);
  return { type: 'roadmap.changed', data };
}

/** Why what the supervisor has suggested is not done; `undefined` when it can be. */
function findProblem(state: RunState, data: ChangeData): string | undefined {
  const { mutation } = data.change;
  if (isOfTheRun(mutation)) return `That a stage is to ${mutation.type} follows from the work alone.`;
  const tooOften = mutation.type === 'reopen' ? findTooOften(state, mutation.stageId) : undefined;
  if (tooOften !== undefined) return tooOften;
  try {
    changeRoadmap(state, data);
    return undefined;
  } catch (error) {
    return serializeError(error).message;
  }
}

/** That work begins, ends or stands still is for the run to say. */
function isOfTheRun({ type }: RoadmapMutation): boolean {
  return type === 'start' || type === 'complete' || type === 'block' || type === 'postpone';
}

function findTooOften(state: RunState, stageId: string): string | undefined {
  const stage = stageOf(state, stageId);
  if (stage.state !== 'completed' && stage.state !== 'blocked') return undefined;
  const maxReopens = completeConfig(state.config).loop.maxReopensPerStage;
  const decision = decideReopen(stage, { maxReopens });
  return decision.type === 'refuse' ? decision.reason : undefined;
}
