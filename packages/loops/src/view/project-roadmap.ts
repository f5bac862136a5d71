import type { Roadmap } from '@jarvis/roadmap';

import { evolve } from '../engine/evolve.ts';
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
 * The versions of a run's roadmap, oldest first. What one record changes together, as the end of a run does, is one
 * version here, under the last of its numbers.
 */
export function projectRoadmap(records: readonly RunRecord[]): readonly WholeRoadmapVersion[] {
  return followRoadmap(records).versions;
}

/** The state after the records, and the versions of the roadmap on the way. */
export function followRoadmap(records: readonly RunRecord[]): RoadmapStory {
  const versions: WholeRoadmapVersion[] = [];
  let state = initialState;
  for (const record of records) {
    const before = state.roadmap;
    state = evolve(state, record);
    const { roadmap } = state;
    if (roadmap === undefined || roadmap === before) continue;
    const { seq, atMs } = record;
    versions.push({ version: roadmap.version, seq, atMs, ...describeOrigin(record), roadmap });
  }
  return { state, versions };
}

type Origin = Pick<RoadmapVersion, 'author' | 'isByPerson' | 'text' | 'reason' | 'source'>;

function describeOrigin(record: RunRecord): Origin {
  if (record.type === 'roadmap.changed') return describeChange(record.data);
  if (record.type === 'action.opened') {
    return { author: 'manager', isByPerson: false, text: 'start what is worked on' };
  }
  return record.type === 'run.ended'
    ? { author: 'manager', isByPerson: false, text: `the run is ${record.data.status}` }
    : { author: 'supervisor', isByPerson: false, text: 'divide the plan' };
}

function describeChange({
  change,
  source,
  isByPerson = false,
}: Extract<RunRecord, { type: 'roadmap.changed' }>['data']): Origin {
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
