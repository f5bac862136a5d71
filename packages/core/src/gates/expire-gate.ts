import { type Gate, type GateRecord, gateStatus } from './gate.ts';

/** A gate at a certain moment, and the record to write when its deadline has passed. */
export interface ExpiredGate {
  readonly gate: Gate;
  readonly record?: Extract<GateRecord, { type: 'gate.expired' | 'gate.escalated' }>;
}

/**
 * Looks at the deadline of a gate. One that nobody decided in time is closed, or handed over to somebody else, who
 * then decides without a deadline; it is never approved.
 *
 * @param gate the gate as it stands
 * @param nowMs the decision clock, milliseconds since 1970 UTC
 */
export function expireGate(gate: Gate, nowMs: number): ExpiredGate {
  const { id, deadlineMs, onDeadline } = gate;
  if (deadlineMs === undefined || nowMs < deadlineMs || gateStatus(gate) !== 'open') return { gate };

  const data = { gateId: id, atMs: nowMs };
  return onDeadline === 'park'
    ? { gate: { ...gate, expiredAtMs: nowMs }, record: { type: 'gate.expired', data } }
    : { gate: { ...gate, escalatedAtMs: nowMs }, record: { type: 'gate.escalated', data } };
}
