import type { RunResult } from '@jarvis/loops';

/**
 * The final status in the words of `orchestrator_2loop`: what the last review said, or why there was none.
 * A run the cap has stopped says so; the predecessor gave the review's word instead.
 */
export function toTwoLoopStatus({ status, reason, rounds }: RunResult): string {
  if (reason === 'budget') return hasWorked(rounds) ? 'cost_cap_exceeded' : 'aborted_cost_cap_planning';
  if (reason === 'approved') return 'approved';
  if (reason === 'max_rounds' || reason === 'no_progress')
    return rounds.at(-1)?.review?.word ?? 'needs_changes';
  return `${status}_${reason}`;
}

/** A round is opened before its work is paid for. */
function hasWorked(rounds: RunResult['rounds']): boolean {
  return rounds.some(({ work }) => work !== undefined);
}
