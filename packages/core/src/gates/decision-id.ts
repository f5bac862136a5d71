import { sha256 } from '../journal/hash.ts';
import type { GateDecision } from './gate.ts';

/**
 * The id under which a decision is posted to a run: the same for everything one person says in one role about one
 * subject, so that what is posted twice is one decision, and a second thought does not replace the first.
 */
export function decisionIdOf({
  gateId,
  by,
  role,
  subjectHash,
}: Pick<GateDecision, 'gateId' | 'by' | 'role' | 'subjectHash'>): string {
  return `decision-${sha256(JSON.stringify([gateId, by, role, subjectHash])).slice(0, 32)}`;
}
