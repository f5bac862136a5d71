import { isJarvisError, isLlmError } from '@jarvis/core';

import type { AgentCoordinator } from '../agents/agent-coordinator.ts';
import { isUnusableAnswer } from '../errors.ts';
import type { Action, ActionResult } from './action.ts';
import type { RunState } from './run-state.ts';

interface Failure {
  readonly error: unknown;
  readonly coordinator: AgentCoordinator;
}

/**
 * What comes of work or an audit at a stage that could not be had for good: the stage is put off, and the run goes on
 * with another one. A server that cannot be reached at the second try stops the run, to be resumed.
 *
 * @throws the error itself in every other case.
 */
export function toFailedResult(
  state: RunState,
  action: Action,
  { error, coordinator }: Failure,
): ActionResult {
  if (action.type !== 'work' && action.type !== 'audit') throw error;
  const round = state.rounds.find(({ number }) => number === action.round);
  if (round?.cycle === undefined || round.stage === undefined) throw error;
  if (!isBearable(error, state.retries.has(round.stage))) throw error;
  coordinator.reportFailure(
    state.actionCount,
    action.type === 'work' ? 'employee' : 'supervisor',
    error.message,
  );
  return { type: 'failed', round: round.number, reason: error.code, message: error.message };
}

function isBearable(error: unknown, isRetry: boolean): error is Error & { readonly code: string } {
  if (!isJarvisError(error)) return false;
  if (isUnusableAnswer(error)) return true;
  return isLlmError(error) && error.retryable && !isRetry;
}
