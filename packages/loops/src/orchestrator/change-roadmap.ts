import { type RunContext, sha256 } from '@jarvis/core';
import {
  InvalidRoadmapChangeError,
  parseRoadmapChange,
  type Roadmap,
  type RoadmapChange,
  RoadmapClosedError,
} from '@jarvis/roadmap';

import { evolve } from '../engine/evolve.ts';
import { writeCommand } from '../engine/inbox.ts';
import {
  applyPeopleChange,
  findForeignMutation,
  findObstacle,
  followPosted,
  type PeopleMutation,
  readPostedChanges,
  toPeopleChangeId,
} from '../engine/people-changes.ts';
import { initialState, type RunState } from '../engine/run-state.ts';
import { RoadmapFixedError } from '../roadmap-errors.ts';
import { readRunRecords } from '../view/read-run.ts';
import { requireSafeWords } from './require-safe-words.ts';

/** Who wants to change the roadmap of a run, and why. */
export interface RoadmapWish {
  /** The person, by name. */
  readonly author: string;
  readonly reason?: string;
  /** The version the person has looked at: the change is refused when the roadmap has moved on. */
  readonly ifVersion?: number;
  /** Names the change: the same name is one change, however often it is posted. Default: made of what is asked. */
  readonly id?: string;
}

/** A change that was posted to a run. */
export interface PostedRoadmapChange {
  readonly change: RoadmapChange;
  /** The roadmap as the change makes it, when nothing else comes before it. */
  readonly roadmap: Roadmap;
  /** The same change was posted before: nothing was posted now. */
  readonly isRepeat: boolean;
  /** A run that stands still is changed when it is resumed, one that is over when it is opened again. */
  readonly holdsFrom: 'next-action' | 'resume' | 'reopening';
}

/**
 * Proves that a change fits the roadmap of a run as it is, with what was posted before, and posts it. Nothing is posted
 * of what does not fit.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link UnsafeWordsError} when what is said holds a secret.
 * @throws {@link InvalidRoadmapChangeError} when it is no change people may make.
 * @throws {@link RoadmapFixedError} when the run has no roadmap that can be changed.
 * @throws {@link RoadmapClosedError} when the run is over, unless it is for lack of a stage to work on.
 * @throws the errors of `applyMutation` when it does not fit, such as `RoadmapVersionConflictError`.
 */
export async function changeRoadmapOfRun(
  { journal, clock, secrets }: Pick<RunContext, 'journal' | 'clock' | 'secrets'>,
  runId: string,
  { mutation, ...wish }: RoadmapWish & { readonly mutation: PeopleMutation },
): Promise<PostedRoadmapChange> {
  const recorded = (await readRunRecords(journal, runId)).reduce(evolve, initialState);
  const posted = readPostedChanges(await journal.readInbox(runId));
  const atMs = clock.nowMs();
  requireSafeWords([wish.author, wish.reason, wish.id, JSON.stringify(mutation)], secrets);
  const state = followPosted(recorded, posted);
  const seen = isSaidAgain(posted.at(-1), { ...wish, mutation })
    ? followPosted(recorded, posted.slice(0, -1))
    : state;
  const change = toChange({ ...wish, mutation }, seen.roadmap?.version ?? 0, atMs);
  const holdsFrom = whenItHolds(recorded);
  const known = recorded.changes.has(change.id) || posted.some(({ id }) => id === change.id);
  if (known && state.roadmap !== undefined) {
    return { change, roadmap: state.roadmap, isRepeat: true, holdsFrom };
  }
  const roadmap = prove(runId, state, change);
  const { body } = writeCommand({ type: 'roadmap', change });
  const outcome = await journal.post({ runId, id: change.id, body, atMs });
  return { change, roadmap, isRepeat: outcome === 'known', holdsFrom };
}

function whenItHolds({ ended, paused }: RunState): PostedRoadmapChange['holdsFrom'] {
  if (ended !== undefined) return 'reopening';
  return paused === undefined ? 'next-action' : 'resume';
}

/** Whether somebody says what was posted last once more, as one does who does not know that it has arrived. */
function isSaidAgain(
  last: RoadmapChange | undefined,
  { author, mutation }: Pick<RoadmapWish, 'author'> & { readonly mutation: PeopleMutation },
): boolean {
  return last?.author === author.trim() && JSON.stringify(last.mutation) === JSON.stringify(mutation);
}

function toChange(
  { mutation, author, reason, ifVersion, id }: RoadmapWish & { readonly mutation: PeopleMutation },
  version: number,
  atMs: number,
): RoadmapChange {
  // The same wish about the same version is the same wish.
  const name = id ?? sha256(JSON.stringify([version, author.trim(), mutation])).slice(0, 16);
  const change = parseRoadmapChange({
    id: toPeopleChangeId(name),
    author: author.trim(),
    at: new Date(atMs).toISOString(),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    ...(ifVersion === undefined ? {} : { expectedVersion: ifVersion }),
    mutation,
  });
  const foreign = findForeignMutation(change.mutation);
  if (foreign !== undefined) throw new InvalidRoadmapChangeError({ problems: [foreign] });
  return change;
}

function prove(runId: string, state: RunState, change: RoadmapChange): Roadmap {
  // A run that ended for lack of something to do is given something to do.
  const takesWork = state.ended?.reason === 'nothing_left' && state.accepted?.isImported !== true;
  if (state.ended !== undefined && !takesWork) {
    throw new RoadmapClosedError({ reason: `run ${runId} is ${state.ended.status}`, changeId: change.id });
  }
  const problem = findObstacle(state);
  const { roadmap } = problem === undefined ? applyPeopleChange(state, change) : state;
  if (problem !== undefined || roadmap === undefined) {
    throw new RoadmapFixedError({ runId, problem: problem ?? 'There is no roadmap yet.' });
  }
  return roadmap;
}
