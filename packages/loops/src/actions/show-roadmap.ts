import type { ShownStage } from '../dialect/dialect.ts';
import type { RunState } from '../engine/run-state.ts';

/** The stages as agents are told of them. */
export function showRoadmap({ roadmap }: Pick<RunState, 'roadmap'>): readonly ShownStage[] {
  return (roadmap?.stages ?? []).map(({ id, brief, status }) => ({ id, name: brief.name, status }));
}
