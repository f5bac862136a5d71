import { deriveVerdict, detectNoProgress, findingFingerprint } from '@jarvis/stages';

import type { DecisionLimits } from './decision.ts';
import type { Round } from './run-state.ts';

/** Whether a try that is over ends in approval. Files that were refused are not there, so nothing can be approved. */
export function isApproved(round: Round, { policies }: Pick<DecisionLimits, 'policies'>): boolean {
  if (round.review?.isApproved !== true || round.apply?.type === 'refused') return false;
  const findings = round.checks?.findings ?? [];
  return !policies.errorsPreventApproval || deriveVerdict(findings) !== 'errors';
}

/** Whether the last look at everything found something that must not be handed over. */
export function isUnsafe({ safety }: Round): boolean {
  return safety !== undefined && deriveVerdict(safety.findings) === 'errors';
}

/** As far back as a circle can be seen: two tries that took turns twice. */
const CIRCLE = 4;

/** Whether the last tries changed nothing and met the same objections. */
export function isStuck(tries: readonly Round[]): boolean {
  const observed = tries.slice(-CIRCLE).map((round) => ({
    contentHash: round.checks?.contentHash ?? 'refused',
    fingerprints: objectionsOf(round),
  }));
  return detectNoProgress(observed) !== undefined;
}

function objectionsOf({ apply, checks, review }: Round): readonly string[] {
  if (apply?.type === 'refused') return apply.problems;
  return [
    ...(checks?.findings ?? []).map((finding) => findingFingerprint(finding)),
    ...(review?.feedback ?? []),
  ];
}
