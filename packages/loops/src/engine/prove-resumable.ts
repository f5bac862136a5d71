import { attemptIdOf, findUnfinished, type RecordedStep } from '@jarvis/core';

import { CallInDoubtError, CrashLoopError, SuspiciousTaskError } from '../errors.ts';
import type { RunState } from './run-state.ts';

/**
 * Looks at what is suspicious about the task, before anything is paid.
 *
 * @throws {@link SuspiciousTaskError} when a person wants to be asked and was not yet.
 */
export function proveTaskAllowed(runId: string, { accepted, isTaskAllowed }: RunState): void {
  const { policy, findings = [] } = accepted?.screening ?? {};
  if (policy !== 'ask' || isTaskAllowed) return;
  throw new SuspiciousTaskError({ runId, findings: findings.map(({ description }) => description) });
}

/** A step that has ended this many processes is not tried again unasked. */
const MAX_CRASHES = 5;

/**
 * Looks at the step a dead process left open, before it is taken up again.
 *
 * @throws {@link CrashLoopError} when that step has ended five processes.
 * @throws {@link CallInDoubtError} when the answer to a paid question was lost and the user wants to be asked first.
 */
export function proveResumable(runId: string, { openAction, ledger, config }: RunState): void {
  const step = openAction === undefined ? undefined : findUnfinished(openAction.steps);
  if (step === undefined) return;
  if (step.crashes >= MAX_CRASHES)
    throw new CrashLoopError({ runId, step: step.name, crashes: step.crashes });
  if (config.costs?.strictSpend !== true) return;
  const lost = listAttempts(step).flatMap((attemptId) => ledger.open.get(attemptId) ?? []);
  if (lost.length === 0) return;
  const atStake = lost.reduce((sum, { reservedNanoUsd }) => sum + reservedNanoUsd, 0);
  throw new CallInDoubtError({ runId, step: step.name, atStake });
}

function listAttempts({ stepId, attempts, acceptedAttempts }: RecordedStep): readonly string[] {
  return Array.from({ length: attempts - acceptedAttempts }, (_, index) =>
    attemptIdOf(stepId, acceptedAttempts + index + 1),
  );
}
