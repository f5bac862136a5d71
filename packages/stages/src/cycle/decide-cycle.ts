import type { StageSnapshot } from '../evolve-stage.ts';
import { unsettledFindings } from '../findings/finding-life.ts';
import { toCycleLimits } from './cycle-limits.ts';
import type { CycleLimits } from './cycle-limits.ts';
import { deriveVerdict } from './derive-verdict.ts';
import { detectNoProgress } from './detect-no-progress.ts';
import { climbLadder } from './ladder.ts';
import type { LadderPurse, LadderStep, SkippedStep } from './ladder.ts';

/** What is to be done about a stage next, and why, as a sentence for people and records. */
export type CycleDecision = CycleStep & { readonly reason: string };

/** What is to be done about a stage. In brackets: the event that says it was done. */
export type CycleStep =
  /** Begin (`start`), or work on (`deliver`). */
  | { readonly type: 'work' }
  /** Run the checks on what was delivered (`check`). */
  | { readonly type: 'check' }
  /** Have it audited (`audit`; see {@link resolveAudit}). */
  | { readonly type: 'audit' }
  /** Have these findings fixed (`fix`, then `deliver`), in the way of the last step of the ladder, if one was taken. */
  | {
      readonly type: 'fix';
      readonly fingerprints: readonly string[];
      readonly approach: 'usual' | 'other_instructions' | 'stronger_model';
    }
  /** Nothing is unsettled (`complete`). */
  | { readonly type: 'complete' }
  /** Accept what is left (`complete` with the reason). */
  | { readonly type: 'completeWithAccepted'; readonly fingerprints: readonly string[] }
  /** Take a step of the ladder (`escalate`; for `ask`, `ask` from the ladder). */
  | {
      readonly type: 'escalate';
      readonly step: LadderStep;
      readonly fingerprints: readonly string[];
      readonly skipped: readonly SkippedStep[];
    }
  /** Give up (`block` with the reason). */
  | {
      readonly type: 'block';
      readonly fingerprints: readonly string[];
      readonly skipped: readonly SkippedStep[];
    }
  /** Somebody has been asked (`approve` or `reject`). */
  | { readonly type: 'wait' }
  /** There is nothing to do: the stage is completed or blocked. */
  | { readonly type: 'over' };

/**
 * Decides what comes next in the cycle of work, checks, audit and fixes. It is a pure function of the stage: ask again
 * after each event.
 *
 * When the audits are used up or lead nowhere, warnings are accepted, and for errors the ladder is climbed. A step of
 * the ladder earns further audits; `split` and `ask` earn none, so that the next step follows when nobody splits.
 *
 * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
 */
export function decideCycle(
  stage: StageSnapshot,
  limits: Partial<CycleLimits>,
  purse: LadderPurse,
): CycleDecision {
  const complete = toCycleLimits(limits);
  switch (stage.state) {
    case 'idle':
      return { type: 'work', reason: 'Nothing has been done yet.' };
    case 'working':
      return { type: 'work', reason: stage.reason ?? 'The work has begun and is not delivered.' };
    case 'auditing':
      return decideLook(stage);
    case 'deciding':
      return decideAfterAudit(stage, complete, purse);
    case 'fixing':
      return toFix(stage, stage.reason ?? 'A fix is under way and not delivered.');
    case 'awaiting_approval':
      return { type: 'wait', reason: stage.reason ?? 'Somebody was asked.' };
    case 'completed':
    case 'blocked':
      return { type: 'over', reason: stage.reason ?? `The stage is ${stage.state}.` };
  }
}

function decideLook({ check, contentHash }: StageSnapshot): CycleDecision {
  return check !== undefined && check.contentHash === contentHash
    ? { type: 'audit', reason: 'The checks have run on what was delivered.' }
    : { type: 'check', reason: 'What was delivered has not been checked.' };
}

function decideAfterAudit(stage: StageSnapshot, limits: CycleLimits, purse: LadderPurse): CycleDecision {
  const unsettled = unsettledFindings(stage.findings);
  if (unsettled.length === 0) return { type: 'complete', reason: 'Nothing is left to fix.' };

  const end = findEnd(stage, limits);
  if (end === undefined) return toFix(stage, `${String(unsettled.length)} findings are unsettled.`);

  const fingerprints = unsettled.map(({ fingerprint }) => fingerprint);
  const verdict = deriveVerdict(unsettled.map(({ finding }) => finding));
  if (verdict === 'warnings') {
    return { type: 'completeWithAccepted', fingerprints, reason: `${end} Only warnings are left.` };
  }
  if (limits.onAuditLimit === 'accept') {
    return { type: 'completeWithAccepted', fingerprints, reason: `${end} What is left is accepted.` };
  }
  const taken = stage.escalations.map(({ step }) => step);
  const { step, skipped } = climbLadder(limits.ladder, taken, purse);
  return step === undefined
    ? { type: 'block', fingerprints, skipped, reason: `${end} No step of the ladder is left.` }
    : { type: 'escalate', step, fingerprints, skipped, reason: `${end} Errors are left.` };
}

/** Why it cannot go on as it does, or `undefined` when it can. */
function findEnd(stage: StageSnapshot, limits: CycleLimits): string | undefined {
  const { maxAudits, auditsPerStep, noProgress } = limits;
  const earned = stage.escalations.findLast(({ step }) => approachOf(step) !== undefined);
  const begun = earned?.afterRounds ?? stage.pastRounds;

  const circle = detectNoProgress(stage.rounds.slice(begun), noProgress);
  if (circle !== undefined) return `The last ${String(circle.rounds.length)} audits made no progress.`;

  const allowed = Math.max(stage.pastRounds + maxAudits, earned === undefined ? 0 : begun + auditsPerStep);
  const audits = stage.rounds.length - stage.pastRounds;
  return stage.rounds.length < allowed ? undefined : `After ${String(audits)} audits, no more are allowed.`;
}

function toFix({ findings, escalations }: StageSnapshot, reason: string): CycleDecision {
  const fingerprints = unsettledFindings(findings).map(({ fingerprint }) => fingerprint);
  const approach = escalations.map(({ step }) => approachOf(step)).findLast((each) => each !== undefined);
  return { type: 'fix', fingerprints, approach: approach ?? 'usual', reason };
}

/** How a step of the ladder changes the fixes after it; the others change who decides or what the stage is. */
function approachOf(step: LadderStep): 'other_instructions' | 'stronger_model' | undefined {
  return step === 'other_instructions' || step === 'stronger_model' ? step : undefined;
}
