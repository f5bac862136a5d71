import { answerProblems, type RunResult } from '@jarvis/loops';

const NEEDS_CHANGES = 'needs_changes';

const USELESS_ANSWERS: readonly string[] = answerProblems;

/**
 * The final status in the words of `orchestrator_2loop`: what the last review said, or why there was none.
 * A run the cap has stopped says so; the predecessor gave the review's word instead.
 */
export function toTwoLoopStatus({ status, reason, rounds }: RunResult): string {
  if (reason === 'budget') return hasWorked(rounds) ? 'cost_cap_exceeded' : 'aborted_cost_cap_planning';
  if (reason === 'approved') return 'approved';
  if (reason === 'max_rounds' || reason === 'no_progress') return wordOf(rounds.at(-1));
  // The predecessor had no word for any of them; who reads the old statuses needs one.
  return USELESS_ANSWERS.includes(reason) ? 'failed_unusable_answer' : `${status}_${reason}`;
}

/** The word of a round that was not approved: a reviewer's approval of files that were refused is none. */
function wordOf(round: RunResult['rounds'][number] | undefined): string {
  const { review } = round ?? {};
  return review?.isApproved === true ? NEEDS_CHANGES : (review?.word ?? NEEDS_CHANGES);
}

/** A round is opened before its work is paid for. */
function hasWorked(rounds: RunResult['rounds']): boolean {
  return rounds.some(({ work }) => work !== undefined);
}
