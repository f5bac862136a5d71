import type { RunState } from './run-state.ts';

/** Whether a stage of the roadmap is left to work on; without one a run ends at once as it has ended. */
export function hasWork({ roadmap }: Pick<RunState, 'roadmap'>): boolean {
  return roadmap?.stages.some(({ status }) => status !== 'completed' && status !== 'skipped') ?? false;
}
