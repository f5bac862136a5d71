import { type InboxEntry, serializeError } from '@jarvis/core';
import type { RoadmapChange, RoadmapMutation } from '@jarvis/roadmap';

import { changeRoadmap } from './evolve-stages.ts';
import { readCommand } from './inbox.ts';
import type { RunRecordDraft } from './run-records.ts';
import type { RunState } from './run-state.ts';
import { teamOf } from './team-of.ts';

/** How people may change a roadmap. That work begins, ends or stands still is for the run to say. */
const FOR_PEOPLE = ['add', 'drop', 'merge', 'split', 'reorder', 'skip', 'reopen'] as const;

/** A change of the roadmap that a person may wish for. */
export type PeopleMutation = Extract<RoadmapMutation, { type: (typeof FOR_PEOPLE)[number] }>;

/** How the ids of changes by people begin, so that none is taken for a change of the run's own. */
const ID_PREFIX = 'person-';

/** The id of a change by a person under the name that the person gave it. */
export function toPeopleChangeId(name: string): string {
  return `${ID_PREFIX}${name}`;
}

/** Why people cannot change the roadmap of this run at all; `undefined` when they can. */
export function findObstacle({ accepted, roadmap }: RunState): string | undefined {
  if (accepted !== undefined && teamOf(accepted) === 'SIMPLE_2LOOP') {
    return 'In mode SIMPLE_2LOOP the whole task is one stage.';
  }
  return roadmap === undefined ? 'There is no roadmap yet: the plan is not divided into stages.' : undefined;
}

/** What is wrong with a mutation a person asks for, before any roadmap is looked at. */
export function findForeignMutation({ type }: RoadmapMutation): string | undefined {
  const allowed: readonly string[] = FOR_PEOPLE;
  return allowed.includes(type)
    ? undefined
    : `type: ${type} is for the run itself to say; people may ${FOR_PEOPLE.join(', ')}`;
}

/**
 * The state after a change by a person.
 *
 * @throws whatever keeps the change from fitting the roadmap as it is.
 */
export function applyPeopleChange(state: RunState, change: RoadmapChange): RunState {
  return changeRoadmap(state, { change, isByPerson: true });
}

/** The record of a change that was posted: it is made, or what is wrong with it is said. Nothing is thrown. */
export function toRoadmapRecord(state: RunState, change: RoadmapChange): RunRecordDraft {
  const { id, author } = change;
  const problem = findProblem(state, change);
  return problem === undefined
    ? { type: 'roadmap.changed', data: { change, isByPerson: true } }
    : { type: 'roadmap.refused', data: { id, author, problem, isByPerson: true } };
}

/** The changes of the roadmap that were posted to a run and are not on record yet, in their order. */
export function readPostedChanges(inbox: readonly InboxEntry[]): readonly RoadmapChange[] {
  return inbox.map(readCommand).flatMap((command) => {
    return 'type' in command && command.type === 'roadmap' ? [command.change] : [];
  });
}

/** The state once everything that was posted is followed, as far as it fits. */
export function followPosted(state: RunState, changes: readonly RoadmapChange[]): RunState {
  return changes.reduce(
    (before, change) =>
      findProblem(before, change) === undefined ? applyPeopleChange(before, change) : before,
    state,
  );
}

function findProblem(state: RunState, change: RoadmapChange): string | undefined {
  if (!change.id.startsWith(ID_PREFIX)) return `The id of a change by a person begins with "${ID_PREFIX}".`;
  const obstacle = findObstacle(state) ?? findForeignMutation(change.mutation);
  if (obstacle !== undefined) return obstacle;
  try {
    applyPeopleChange(state, change);
    return undefined;
  } catch (error) {
    return serializeError(error).message;
  }
}
