import type { AgentRole } from '../vocabulary/agent-role.ts';
import type { NanoUsd } from './money.ts';
import type { TokenUsage } from './price-table.ts';

/** Who an amount is spent for. */
export interface CostBearer {
  readonly role: AgentRole;
  readonly model: string;
}

/** What one role spent on one model. */
export interface CostLine extends CostBearer {
  readonly calls: number;
  readonly bookedNanoUsd: NanoUsd;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * What a run has spent and what it has set aside, folded from its records.
 * Holds at every moment: `booked + reserved ≤ cap`, but for an answer that cost more than the server was allowed.
 */
export interface CostLedger {
  /** `undefined` when the user wrote `'unlimited'`. */
  readonly capNanoUsd: NanoUsd | undefined;
  readonly bookedNanoUsd: NanoUsd;
  readonly reservedNanoUsd: NanoUsd;
  /** Reservations by attempt id. One that stays open belongs to a call whose fate is not known. */
  readonly open: ReadonlyMap<string, NanoUsd>;
  /** By role and model, in the order of first use. */
  readonly lines: readonly CostLine[];
}

/** A ledger on which nothing has been spent. */
export function createLedger(capNanoUsd: NanoUsd | undefined): CostLedger {
  return { capNanoUsd, bookedNanoUsd: 0, reservedNanoUsd: 0, open: new Map(), lines: [] };
}

/** What may still be reserved: never negative, `Infinity` without a cap. */
export function availableNanoUsd({ capNanoUsd, bookedNanoUsd, reservedNanoUsd }: CostLedger): NanoUsd {
  if (capNanoUsd === undefined) return Infinity;
  return Math.max(0, capNanoUsd - bookedNanoUsd - reservedNanoUsd);
}

/** Sets an amount aside for an attempt. Whether it fits under the cap is asked before, see `withCostCap`. */
export function reserve(ledger: CostLedger, attemptId: string, amount: NanoUsd): CostLedger {
  return {
    ...ledger,
    reservedNanoUsd: ledger.reservedNanoUsd + amount,
    open: new Map(ledger.open).set(attemptId, amount),
  };
}

/** How {@link settle} closes an attempt. */
export interface Settlement {
  readonly attemptId: string;
  readonly bearer: CostBearer;
  /** What is booked in place of the reservation. */
  readonly amount: NanoUsd;
  /** The token counts the amount comes from, when the server stated them. */
  readonly usage?: TokenUsage;
}

/** Replaces an attempt's reservation by what it really cost. Settling what is not open has no effect. */
export function settle(ledger: CostLedger, settlement: Settlement): CostLedger {
  const { attemptId, amount, usage } = settlement;
  const reserved = ledger.open.get(attemptId);
  if (reserved === undefined) return ledger;

  const open = new Map(ledger.open);
  open.delete(attemptId);
  return {
    ...ledger,
    bookedNanoUsd: ledger.bookedNanoUsd + amount,
    reservedNanoUsd: ledger.reservedNanoUsd - reserved,
    open,
    lines: amount > 0 || usage !== undefined ? addToLines(ledger.lines, settlement) : ledger.lines,
  };
}

function addToLines(lines: readonly CostLine[], { bearer, amount, usage }: Settlement): readonly CostLine[] {
  const isSame = (line: CostLine) => line.role === bearer.role && line.model === bearer.model;
  const line = lines.find(isSame) ?? {
    ...bearer,
    calls: 0,
    bookedNanoUsd: 0,
    inputTokens: 0,
    outputTokens: 0,
  };
  const updated: CostLine = {
    ...line,
    calls: line.calls + 1,
    bookedNanoUsd: line.bookedNanoUsd + amount,
    inputTokens: line.inputTokens + (usage?.inputTokens ?? 0),
    outputTokens: line.outputTokens + (usage?.outputTokens ?? 0),
  };
  return lines.some(isSame) ? lines.map((other) => (isSame(other) ? updated : other)) : [...lines, updated];
}
