import { answerProblems, type RunResult } from '@jarvis/loops';

/** The part of a result, or of a run that is read again, that says how it ended. */
export type RunEnding = Pick<RunResult, 'status' | 'reason' | 'rounds'>;

const NEEDS_CHANGES = 'needs_changes';
const ABORTED_BY_USER = 'aborted_by_user_after_planning';
const CAP_IN_PLANNING = 'aborted_cost_cap_planning';

const USELESS_ANSWERS: readonly string[] = answerProblems;

/**
 * The final status in the words of `orchestrator_2loop`: what the last review said, or why there was none.
 * A run the cap has stopped says so; the predecessor gave the review's word instead.
 */
export function toTwoLoopStatus(result: RunEnding): string {
  const { reason, rounds } = result;
  if (reason === 'approved') return 'approved';
  if (reason === 'max_rounds' || reason === 'no_progress') return wordOf(rounds);
  return reason === 'budget' && hasWorked(rounds) ? 'cost_cap_exceeded' : toInterruption(result);
}

/**
 * The final status in the words of `orchestrator_3loop_legacy`: that of two loops, or that the work stayed unsafe
 * after the extra round.
 */
export function toThreeLoopStatus(result: RunEnding): string {
  return result.reason === 'unsafe' ? 'failed_safety_unresolved' : toTwoLoopStatus(result);
}

/**
 * The final status in the words of `orchestrator_phase3`: completed, or partly so. A run the cap has stopped is never
 * completed, however near its end.
 */
export function toPhase3Status(result: RunEnding): string {
  const { reason, rounds } = result;
  if (reason === 'completed' || reason === 'approved') return 'completed';
  const isPartial = result.status === 'partial' || (reason === 'budget' && hasWorked(rounds));
  return isPartial ? 'partial_completion' : toInterruption(result);
}

/**
 * The final status in the words `orchestrator` had for it and never told: it called every run unknown. A task that
 * looks like an attempt to steer the model is blocked.
 */
export function toOrchestratorStatus(result: RunEnding): string {
  if (result.reason === 'suspicious_task') return 'blocked_security';
  return result.reason === 'stages_blocked' ? 'partial_completion' : toThreeLoopStatus(result);
}

/** Why a run ended that came to no end of its own. */
function toInterruption({ status, reason }: RunEnding): string {
  if (reason === 'budget') return CAP_IN_PLANNING;
  if (reason === 'gate_rejected') return ABORTED_BY_USER;
  // The predecessor had no word for any of them; who reads the old statuses needs one.
  return USELESS_ANSWERS.includes(reason) ? 'failed_unusable_answer' : `${status}_${reason}`;
}

/** The last review's word, if it was no approval: a reviewer's approval of files that were refused is none. */
function wordOf(rounds: RunEnding['rounds']): string {
  const { review } = rounds.at(-1) ?? {};
  return review?.isApproved === true ? NEEDS_CHANGES : (review?.word ?? NEEDS_CHANGES);
}

/** A round is opened before its work is paid for. */
function hasWorked(rounds: RunEnding['rounds']): boolean {
  return rounds.some(({ work }) => work !== undefined);
}
