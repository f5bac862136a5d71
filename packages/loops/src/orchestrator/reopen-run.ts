import type { RunStatus } from '@jarvis/core';
import type { RoadmapChange } from '@jarvis/roadmap';

import { type Amendment, completeConfig } from '../engine/amendment.ts';
import { hasWork } from '../engine/has-work.ts';
import { followPosted } from '../engine/people-changes.ts';
import type { Stop } from '../engine/run-records.ts';
import type { RunSession } from '../engine/run-session.ts';
import type { RunState } from '../engine/run-state.ts';
import { RunOverError } from '../steering-errors.ts';

/** What a person says who wants to go on with a run that is over. */
export interface Reopening {
  readonly reopen: boolean;
  readonly amendment: Amendment;
  /** What people want changed of its roadmap and is not on record yet. */
  readonly posted: readonly RoadmapChange[];
}

/**
 * Whether a run that is over is opened again. Without that wish it stays as it is and gives its result; a cancelled
 * one says so instead, because whoever resumes it expects it to go on.
 *
 * @throws {@link RunOverError} when the run was cancelled and the wish is missing, or when the wish cannot be met.
 */
export function isReopened(
  runId: string,
  state: RunState,
  { reopen, amendment, posted }: Reopening,
): boolean {
  const { ended } = state;
  if (ended === undefined) return false;
  const { status } = ended;
  const command = `jarvis resume ${runId} --reopen`;
  if (!reopen) {
    if (status !== 'cancelled') return false;
    throw new RunOverError({ runId, status, next: `To go on from where it stood: ${command}` });
  }
  const refusal = findRefusal(state, status);
  if (refusal !== undefined) throw new RunOverError({ runId, status, next: refusal });
  if (ended.reason === 'max_stages') {
    const next = `Its roadmap is full. Allow more stages (loop.maxStages) and do its task again: jarvis fork ${runId}`;
    throw new RunOverError({ runId, status, next });
  }
  if (ended.reason === 'nothing_left' && !hasWork(followPosted(state, posted))) {
    throw new RunOverError({ runId, status, next: `${giveWork(runId)} Then: ${command}` });
  }
  if (needsRounds(state, ended, amendment)) {
    const next = `Its rounds are used up; say how many it may have in all: ${command} --max-rounds <number>`;
    throw new RunOverError({ runId, status, next });
  }
  return true;
}

/** Why it is over for good, and what to do instead. */
function findRefusal({ accepted }: RunState, status: RunStatus): string | undefined {
  if (accepted?.isImported === true)
    return 'It was imported: nobody here knows how to go on. Do its task again as a new run: jarvis run';
  return status === 'cancelled' || status === 'partial'
    ? undefined
    : 'Only a run that was cancelled or ended partial is opened again. Start another one: jarvis run';
}

function giveWork(runId: string): string {
  return (
    `No stage of it is left to work on. Take one up again: jarvis roadmap reopen ${runId} <stage> --reason "…", ` +
    `or say what else is to be done: jarvis roadmap add ${runId} --name "…" --step "…".`
  );
}

/** Whether it would end at once as it has ended, for lack of rounds. */
function needsRounds({ config }: RunState, { reason }: Stop, { maxRounds = 0 }: Amendment): boolean {
  return reason === 'max_rounds' && maxRounds <= completeConfig(config).loop.maxRounds;
}

/** Puts on record that the run goes on. Stages that nobody could finish are begun again. */
export function reopenRun(session: RunSession, nowMs: number): void {
  session.defer({ type: 'run.reopened', data: {} });
  const { roadmap, reopenings } = session.state;
  const blocked = roadmap?.stages.filter(({ status }) => status === 'blocked') ?? [];
  for (const { id: stageId } of blocked) {
    const reason = 'The run was opened again by a person.';
    const change = {
      id: `reopening-${String(reopenings)}-${stageId}`,
      author: 'human',
      at: new Date(nowMs).toISOString(),
      mutation: { type: 'reopen', stageId, reason },
    } as const;
    session.defer({ type: 'roadmap.changed', data: { change } });
  }
}
