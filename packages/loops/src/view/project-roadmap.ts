import type { Roadmap } from '@jarvis/roadmap';

import { evolve } from '../engine/evolve.ts';
import { listSteps, WHOLE_TASK } from '../engine/evolve-roadmap.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { initialState, type RunState } from '../engine/run-state.ts';
import { describeMutation } from '../agents/describe-mutation.ts';

/** How a version of the roadmap came about. */
export interface RoadmapVersion {
  readonly version: number;
  /** The record that made it. */
  readonly seq: number;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** The agent role or the person who decided. */
  readonly author: string;
  readonly isByPerson: boolean;
  /** What was changed, in a few words. */
  readonly text: string;
  readonly reason?: string;
  /** The stage that made it necessary. */
  readonly source?: string;
}

/** A version of the roadmap, whole. */
export interface WholeRoadmapVersion extends RoadmapVersion {
  readonly roadmap: Roadmap;
}

/** What a run has come to, and every version its roadmap went through. */
export interface RoadmapStory {
  readonly state: RunState;
  readonly versions: readonly WholeRoadmapVersion[];
}

/**
 * The versions of a run's roadmap, oldest first, from 1 on without a gap: a record that changes several stages, as the
 * end of a run does, makes a version for each. No number is used twice, also when the run is opened again.
 */
export function projectRoadmap(records: readonly RunRecord[]): readonly WholeRoadmapVersion[] {
  return followRoadmap(records).versions;
}

/** The state after the records, and the versions of the roadmap on the way. */
export function followRoadmap(records: readonly RunRecord[]): RoadmapStory {
  const versions: WholeRoadmapVersion[] = [];
  let state = initialState;
  for (const record of records) {
    const before = state;
    state = evolve(before, record);
    if (state.roadmap === undefined || state.roadmap === before.roadmap) continue;
    const { seq, atMs } = record;
    for (const { roadmap, ...origin } of listVersions(before, record, state.roadmap)) {
      versions.push({ version: roadmap.version, seq, atMs, ...origin, roadmap });
    }
  }
  return { state, versions };
}

type Origin = Pick<RoadmapVersion, 'author' | 'isByPerson' | 'text' | 'reason' | 'source'>;
type Made = Origin & Pick<WholeRoadmapVersion, 'roadmap'>;

function listVersions(before: RunState, record: RunRecord, roadmap: Roadmap): readonly Made[] {
  if (record.type === 'roadmap.changed') return [{ ...describeChange(record.data), roadmap }];
  if (record.type === 'run.reopened') {
    return [{ author: 'human', isByPerson: true, text: 'open the run again, from where it stood', roadmap }];
  }
  return listSteps(before, record).map(({ roadmap: made, change }) => ({
    ...(change === undefined ? describePlan(made) : describeChange({ change })),
    roadmap: made,
  }));
}

function describePlan({ stages }: Roadmap): Origin {
  return stages.length === 1 && stages[0]?.id === WHOLE_TASK
    ? { author: 'manager', isByPerson: false, text: 'plan the whole task as one stage' }
    : { author: 'supervisor', isByPerson: false, text: 'divide the plan' };
}

type Changed = Extract<RunRecord, { type: 'roadmap.changed' }>['data'];

function describeChange({ change, source, isByPerson = false }: Changed): Origin {
  const { author, mutation } = change;
  const reason = change.reason ?? ('reason' in mutation ? mutation.reason : undefined);
  return {
    author,
    isByPerson,
    text: describeMutation(mutation),
    ...(reason === undefined ? {} : { reason }),
    ...(source === undefined ? {} : { source }),
  };
}
