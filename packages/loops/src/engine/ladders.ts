import { type NanoUsd, spentIn } from '@jarvis/core';
import type { RoadmapMutation } from '@jarvis/roadmap';
import type { StageEvent, StageSnapshot } from '@jarvis/stages';

import type { RunState } from './run-state.ts';
import { stageOf } from './stage-inside.ts';

/** A ladder that was begun: the parts of a stage that was divided on it climb on at its expense. */
export interface Ladder {
  /** The stage it was begun for. */
  readonly root: string;
  /** What the stage that climbs it had cost by then. */
  readonly paidBeforeNanoUsd: NanoUsd;
}

/** What a stage has cost, as it is booked; calls whose fate is not known count with what is set aside for them. */
export function paidFor({ ledger }: Pick<RunState, 'ledger'>, stage: string): NanoUsd {
  const { bookedNanoUsd, reservedNanoUsd } = spentIn(ledger, { type: 'stage', stage });
  return bookedNanoUsd + reservedNanoUsd;
}

/** What the ladder of a stage has cost so far, that of the stage it is a part of and of the other parts included. */
export function paidForLadder(state: RunState, stageId: string): NanoUsd {
  const root = state.ladders.get(stageId)?.root;
  if (root === undefined) return 0;
  return [...state.ladders]
    .filter(([, ladder]) => ladder?.root === root)
    .reduce((sum, [id, ladder]) => sum + paidFor(state, id) - (ladder?.paidBeforeNanoUsd ?? 0), 0);
}

/** The ladders after something has happened inside a stage: its first step begins one, and a reopened stage has none. */
export function followLadder(
  state: RunState,
  { stageId, event }: { readonly stageId: string; readonly event: StageEvent },
  { escalations }: StageSnapshot,
): RunState['ladders'] {
  const { ladders } = state;
  const has = ladders.get(stageId) !== undefined;
  if (event.type === 'reopen') return has ? ladders.with(stageId, undefined) : ladders;
  return has || escalations.length === 0 ? ladders : ladders.with(stageId, beginAt(state, stageId));
}

/** The ladders after a stage was divided: what is left to do of it is still paid out of the same purse. */
export function divideLadder(
  state: RunState,
  { stageId, into }: Extract<RoadmapMutation, { type: 'split' }>,
): RunState['ladders'] {
  // Nothing was tried at a stage that was not begun, so its parts are as new as it was.
  if (stageOf(state, stageId).state === 'idle') return state.ladders;
  const ladder = state.ladders.get(stageId) ?? beginAt(state, stageId);
  return into.reduce(
    (ladders, { id }) => ladders.with(id, { root: ladder.root, paidBeforeNanoUsd: paidFor(state, id) }),
    state.ladders.with(stageId, ladder),
  );
}

function beginAt(state: RunState, stageId: string): Ladder {
  return { root: stageId, paidBeforeNanoUsd: paidFor(state, stageId) };
}
