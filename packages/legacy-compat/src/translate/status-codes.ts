import type { RunResult } from '@jarvis/loops';

/**
 * The final status in the words of `orchestrator_2loop`: what the last review said, or why there was none.
 * A run the cap has stopped says so; the predecessor gave the review's word instead.
 */
export function toTwoLoopStatus({ status, reason, rounds }: RunResult): string {
  if (reason === 'budget') return rounds.length === 0 ? 'aborted_cost_cap_planning' : 'cost_cap_exceeded';
  if (reason === 'approved') return 'approved';
  if (reason === 'max_rounds' || reason === 'no_progress') return rounds.at(-1)?.review?.word ?? 'needs_changes';
  return `${status}_${reason}`;
}
