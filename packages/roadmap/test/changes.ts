import type { RoadmapMutation } from '../src/mutation/mutation.ts';
import type { RoadmapChange } from '../src/mutation/roadmap-change.ts';

/** A change that carries this mutation; everything else about it is the same in every test. */
export function changeOf(mutation: RoadmapMutation, id = `change-${mutation.type}`): RoadmapChange {
  return { id, author: 'manager', at: '2026-03-01T09:00:00Z', mutation };
}
