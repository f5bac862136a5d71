import type { AgentRole } from '../vocabulary/agent-role.ts';
import { type CostLine, addToLines } from './cost-line.ts';
import type { CostScope, ScopeCaps } from './cost-scope.ts';
import type { NanoUsd } from './money.ts';
import type { TokenUsage } from './price-table.ts';
import { type RecentAnswers, rememberAnswer } from './recent-answers.ts';
import { SharedMap } from './shared-map.ts';

/** Who an amount is spent for. */
export interface CostBearer {
  readonly role: AgentRole;
  readonly model: string;
  /** The stage of the roadmap that is worked on; left out for what concerns the whole run. */
  readonly stage?: string;
}

/** An amount that is set aside for an attempt. An `attempt.opened` record is one. */
export interface Reservation extends CostBearer {
  readonly attemptId: string;
  readonly reservedNanoUsd: NanoUsd;
}

/** What one scope has spent and set aside. */
export interface ScopeTotal {
  readonly bookedNanoUsd: NanoUsd;
  readonly reservedNanoUsd: NanoUsd;
}

/**
 * What a run has spent and what it has set aside, folded from its records.
 * Holds at every moment, for the run and for each role and stage that has a cap: `booked + reserved ≤ cap`, but for
 * an answer that cost more than the server was allowed.
 */
export interface CostLedger extends ScopeTotal {
  /** `undefined` when the user wrote `'unlimited'`. */
  readonly capNanoUsd: NanoUsd | undefined;
  readonly scopeCaps: ScopeCaps;
  /** Reservations by attempt id. One that stays open belongs to a call whose fate is not known. */
  readonly open: SharedMap<Reservation>;
  /** What each role and each stage has spent and set aside. */
  readonly scopes: SharedMap<ScopeTotal>;
  /** By role and model, in the order of first use. */
  readonly lines: readonly CostLine[];
  readonly recentAnswers: RecentAnswers;
}

/** A ledger on which nothing has been spent. */
export function createLedger(capNanoUsd: NanoUsd | undefined, scopeCaps: ScopeCaps = {}): CostLedger {
  return {
    capNanoUsd,
    scopeCaps,
    bookedNanoUsd: 0,
    reservedNanoUsd: 0,
    open: SharedMap.empty(),
    scopes: SharedMap.empty(),
    lines: [],
    recentAnswers: {},
  };
}

/** The cap that leaves the least, and what it leaves. */
export interface BindingCap {
  readonly scope: CostScope;
  readonly capNanoUsd: NanoUsd;
  /** Never negative. */
  readonly availableNanoUsd: NanoUsd;
}

/** Whether anything limits what may be spent: the cap of the run, of a role or of stages. */
export function hasCap({ capNanoUsd, scopeCaps }: CostLedger): boolean {
  const { stageNanoUsd, roleNanoUsd = {} } = scopeCaps;
  return capNanoUsd !== undefined || stageNanoUsd !== undefined || Object.keys(roleNanoUsd).length > 0;
}

/** The cap that leaves the least for an attempt, or `undefined` when no cap applies to it. */
export function findBindingCap(ledger: CostLedger, bearer: CostBearer): BindingCap | undefined {
  const caps = scopesOf(bearer).flatMap((scope): readonly BindingCap[] => {
    const capNanoUsd = capOf(ledger, scope);
    if (capNanoUsd === undefined) return [];
    const { bookedNanoUsd, reservedNanoUsd } = spentIn(ledger, scope);
    return [
      { scope, capNanoUsd, availableNanoUsd: Math.max(0, capNanoUsd - bookedNanoUsd - reservedNanoUsd) },
    ];
  });
  return caps.reduce<BindingCap | undefined>(
    (least, cap) => (least === undefined || cap.availableNanoUsd < least.availableNanoUsd ? cap : least),
    undefined,
  );
}

/** What the run may still reserve, roles and stages aside: never negative, `Infinity` without a cap. */
export function availableNanoUsd({ capNanoUsd, bookedNanoUsd, reservedNanoUsd }: CostLedger): NanoUsd {
  if (capNanoUsd === undefined) return Infinity;
  return Math.max(0, capNanoUsd - bookedNanoUsd - reservedNanoUsd);
}

/** What a scope has spent and set aside so far: ask it for a role or a stage; for the run it is the ledger itself. */
export function spentIn(ledger: CostLedger, scope: CostScope): ScopeTotal {
  if (scope.type === 'run') return ledger;
  return ledger.scopes.get(keyOf(scope)) ?? { bookedNanoUsd: 0, reservedNanoUsd: 0 };
}

/**
 * Sets an amount aside for an attempt; whether it fits under the caps is asked before, see `withCostCap`. For an
 * attempt that is open already it has no effect.
 */
export function reserve(ledger: CostLedger, reservation: Reservation): CostLedger {
  const { attemptId, role, model, stage, reservedNanoUsd } = reservation;
  if (ledger.open.get(attemptId) !== undefined) return ledger;

  const bearer = { role, model, ...(stage === undefined ? {} : { stage }) };
  return {
    ...move(ledger, bearer, { booked: 0, reserved: reservedNanoUsd }),
    open: ledger.open.with(attemptId, { attemptId, ...bearer, reservedNanoUsd }),
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
  const { attemptId, bearer, amount, usage } = settlement;
  const reservation = ledger.open.get(attemptId);
  if (reservation === undefined) return ledger;

  const hasCost = amount > 0 || usage !== undefined;
  return {
    ...move(ledger, reservation, { booked: amount, reserved: -reservation.reservedNanoUsd }),
    open: ledger.open.without(attemptId),
    lines: hasCost ? addToLines(ledger.lines, settlement) : ledger.lines,
    recentAnswers: rememberAnswer(ledger.recentAnswers, bearer.role, usage),
  };
}

/** Adds to the totals of the run and of every scope the bearer stands in. */
function move(
  ledger: CostLedger,
  bearer: CostBearer,
  { booked, reserved }: { readonly booked: NanoUsd; readonly reserved: NanoUsd },
): CostLedger {
  const add = (total: ScopeTotal): ScopeTotal => ({
    bookedNanoUsd: total.bookedNanoUsd + booked,
    reservedNanoUsd: total.reservedNanoUsd + reserved,
  });
  let { scopes } = ledger;
  for (const scope of scopesOf(bearer)) {
    if (scope.type !== 'run') scopes = scopes.with(keyOf(scope), add(spentIn(ledger, scope)));
  }
  return { ...ledger, ...add(ledger), scopes };
}

function scopesOf({ role, stage }: CostBearer): readonly CostScope[] {
  const outer: readonly CostScope[] = [{ type: 'run' }, { type: 'role', role }];
  return stage === undefined ? outer : [...outer, { type: 'stage', stage }];
}

function capOf({ capNanoUsd, scopeCaps }: CostLedger, scope: CostScope): NanoUsd | undefined {
  switch (scope.type) {
    case 'run':
      return capNanoUsd;
    case 'role':
      return scopeCaps.roleNanoUsd?.[scope.role];
    case 'stage':
      return scopeCaps.stageNanoUsd;
  }
}

function keyOf(scope: Exclude<CostScope, { type: 'run' }>): string {
  return scope.type === 'role' ? `role:${scope.role}` : `stage:${scope.stage}`;
}
