import { serializeError } from '@jarvis/core';
import { applyMutation, type RoadmapChange } from '@jarvis/roadmap';
import { stageEventSchema } from '@jarvis/stages';

import type { Change } from './decision.ts';
import type { RunSession } from './run-session.ts';

/** Puts changes a mode has decided on record; suggestions that do not fit the roadmap are passed over. */
export function followChanges(session: RunSession, changes: readonly Change[], nowMs: number): void {
  for (const change of changes) {
    if (change.type === 'stage') {
      const { stageId, event } = change;
      session.defer({ type: 'stage.changed', data: { stageId, event: stageEventSchema.parse(event) } });
    } else {
      followRoadmapChange(session, change, nowMs);
    }
  }
}

function followRoadmapChange(
  session: RunSession,
  { mutation, author, reason, source, suggestion }: Extract<Change, { type: 'roadmap' }>,
  nowMs: number,
): void {
  const id = suggestion ?? `change-${String(session.state.changes.size + 1)}`;
  const change: RoadmapChange = {
    id,
    author,
    at: new Date(nowMs).toISOString(),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    mutation,
  };
  const problem = suggestion === undefined ? undefined : findProblem(session, change);
  if (problem === undefined) {
    session.defer({
      type: 'roadmap.changed',
      data: { change, ...(source === undefined ? {} : { source }) },
    });
  } else {
    session.defer({ type: 'roadmap.refused', data: { id, author, problem } });
  }
}

/** Why a change does not fit the roadmap as it is now; `undefined` when it does. */
export function findProblem({ state }: Pick<RunSession, 'state'>, change: RoadmapChange): string | undefined {
  if (state.roadmap === undefined) return 'There is no roadmap yet.';
  try {
    applyMutation(state.roadmap, change);
    return undefined;
  } catch (error) {
    return serializeError(error).message;
  }
}
