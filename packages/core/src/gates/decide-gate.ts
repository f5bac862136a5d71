import {
  type CountedDecision,
  type Gate,
  type GateDecision,
  gateStatus,
  type WaitingStep,
  waitingStep,
} from './gate.ts';
import { expireGate } from './expire-gate.ts';
import { renderSeat } from './render-seat.ts';

/** What became of a decision. Only one that is `recorded` changes anything. */
export type DecisionOutcome = 'recorded' | 'stale' | 'already-decided' | 'not-an-approver' | 'closed';

/** A gate after a decision. */
export interface DecidedGate {
  readonly gate: Gate;
  readonly outcome: DecisionOutcome;
  /** One sentence for the person who decided. */
  readonly message: string;
  /** The decision that counts instead. */
  readonly decidedBy?: CountedDecision;
}

/**
 * Lets one person decide. Each person decides once, the first decision counts, and one rejection closes the gate; a
 * decision that is late, repeated, out of turn or about something else leaves the gate as it is. What was said after
 * the deadline is late, also when nobody has put the deadline on record yet.
 */
export function decideGate(gate: Gate, decision: GateDecision): DecidedGate {
  const { gate: current } = expireGate(gate, decision.atMs);
  const refusal = refuseDecision(current, decision);
  if (refusal !== undefined) return { gate, ...refusal };

  const step = waitingStep(current)?.step ?? 0;
  const decided = { ...current, decisions: [...current.decisions, { ...decision, step }] };
  return { gate: decided, outcome: 'recorded', message: describeVerdict(decided) };
}

type Refusal = Omit<DecidedGate, 'gate'>;

function refuseDecision(gate: Gate, decision: GateDecision): Refusal | undefined {
  const repeated = gate.decisions.find(({ id }) => id === decision.id);
  if (repeated !== undefined) return alreadyDecided(repeated);
  const waiting = waitingStep(gate);
  const status = gateStatus(gate);
  if (status === 'superseded') {
    const message = `Gate ${gate.id} asked about what has changed since; gate ${gate.supersededBy ?? ''} asks now. Look again.`;
    return { outcome: 'stale', message };
  }
  if (waiting === undefined || (status !== 'open' && status !== 'escalated')) return refuseClosed(gate);
  if (decision.gateId !== gate.id || decision.subjectHash !== gate.subjectHash) {
    const message = `This decision is about something else than gate ${gate.id} asks about by now. Look again.`;
    return { outcome: 'stale', message };
  }
  return refuseSeat(gate, decision, waiting);
}

function refuseClosed(gate: Gate): Refusal {
  if (gate.closed !== undefined) {
    const message = `Gate ${gate.id} is closed, and needs no decision any more. ${gate.closed.reason}`;
    return { outcome: 'closed', message };
  }
  const last = gate.decisions.at(-1);
  if (gate.expiredAtMs !== undefined) {
    const deadline = renderMoment(gate.deadlineMs ?? gate.expiredAtMs);
    const message = `Gate ${gate.id} is closed: its deadline was ${deadline}. Resume the run to be asked again.`;
    return { outcome: 'closed', message };
  }
  if (last !== undefined) return alreadyDecided(last);
  return { outcome: 'closed', message: `Gate ${gate.id} needed no decision: ${describePass(gate)}.` };
}

function refuseSeat(
  { id, approvers, decisions }: Gate,
  { by, role }: GateDecision,
  { step, seat }: WaitingStep,
): Refusal | undefined {
  const isEscalation = step === approvers.length;
  // Who approved as one of several may still be the one it is handed over to.
  const earlier = decisions.find(
    (decision) => isSamePerson(decision.by, by) && (!isEscalation || decision.step === step),
  );
  if (earlier !== undefined) return alreadyDecided(earlier);

  const sits = seat.person === undefined ? seat.role === role : isSamePerson(seat.person, by);
  if (sits) return undefined;
  const message = `Gate ${id} waits for ${renderSeat(seat)}, not for ${by} as ${role}.`;
  return { outcome: 'not-an-approver', message };
}

/** Nobody sees these in a name. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Nobody becomes two people by writing a name in another way. */
function isSamePerson(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

function foldName(name: string): string {
  return name.normalize('NFKC').replace(IGNORABLE, '').trim().toLowerCase();
}

function alreadyDecided(decision: CountedDecision): Refusal {
  const verdict = decision.verdict === 'approve' ? 'approved' : 'rejected';
  const message = `Already decided by ${decision.by} at ${renderMoment(decision.atMs)}: ${verdict}.`;
  return { outcome: 'already-decided', message, decidedBy: decision };
}

function describeVerdict(gate: Gate): string {
  const waiting = waitingStep(gate);
  const status = gateStatus(gate);
  if (waiting === undefined || status === 'rejected') return `Gate ${gate.id} is ${status}.`;
  const { missing, seat } = waiting;
  return `Recorded. Gate ${gate.id} waits for ${renderSeat(seat)}, ${String(missing)} more.`;
}

function describePass({ passed }: Gate): string {
  return passed?.type === 'rule' ? passed.because : 'no step of its approvers applies';
}

function renderMoment(atMs: number): string {
  return new Date(atMs).toISOString();
}
