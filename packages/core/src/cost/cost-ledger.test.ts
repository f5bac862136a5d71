import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  availableNanoUsd,
  type CostBearer,
  type CostLedger,
  createLedger,
  findBindingCap,
  reserve,
  settle,
  spentIn,
  hasCap,
} from './cost-ledger.ts';
import type { ScopeCaps } from './cost-scope.ts';

const bearer: CostBearer = { role: 'employee', model: 'gpt-4.1-mini' };

/** An amount set aside for the employee. */
const hold = (ledger: CostLedger, attemptId: string, reservedNanoUsd: number) =>
  reserve(ledger, { ...bearer, attemptId, reservedNanoUsd });

const usage = { inputTokens: 10, cachedInputTokens: 2, outputTokens: 5 };

describe('the ledger', () => {
  it('begins with nothing spent', () => {
    const ledger = createLedger(100);

    expect(ledger).toMatchObject({ capNanoUsd: 100, bookedNanoUsd: 0, reservedNanoUsd: 0, lines: [] });
    expect([ledger.open.size, ledger.scopes.size]).toEqual([0, 0]);
  });

  it('sets an amount aside and books what it became', () => {
    const reserved = hold(createLedger(100), 'a', 60);

    const settled = settle(reserved, { attemptId: 'a', bearer, amount: 25, usage });

    expect(reserved).toMatchObject({ bookedNanoUsd: 0, reservedNanoUsd: 60 });
    expect(settled).toMatchObject({ bookedNanoUsd: 25, reservedNanoUsd: 0, open: { size: 0 } });
    expect([availableNanoUsd(reserved), availableNanoUsd(settled)]).toEqual([40, 75]);
  });

  it('keeps a reservation whose attempt never ended', () => {
    const ledger = settle(hold(hold(createLedger(100), 'a', 60), 'b', 10), {
      attemptId: 'b',
      bearer,
      amount: 10,
    });

    expect(ledger.open.values()).toEqual([{ attemptId: 'a', ...bearer, reservedNanoUsd: 60 }]);
    expect(availableNanoUsd(ledger)).toBe(30);
  });

  it('does nothing when an attempt is settled that is not open', () => {
    const ledger = settle(hold(createLedger(100), 'a', 60), { attemptId: 'a', bearer, amount: 60 });

    expect(settle(ledger, { attemptId: 'a', bearer, amount: 60 })).toBe(ledger);
    expect(settle(ledger, { attemptId: 'unknown', bearer, amount: 60 })).toBe(ledger);
  });

  it('has nothing left, and no debt, when an answer cost more than the cap', () => {
    const ledger = settle(hold(createLedger(100), 'a', 60), { attemptId: 'a', bearer, amount: 500 });

    expect(ledger.bookedNanoUsd).toBe(500);
    expect(availableNanoUsd(ledger)).toBe(0);
  });

  it('always has something left without a cap', () => {
    expect(availableNanoUsd(hold(createLedger(undefined), 'a', 1e15))).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells what each role spent on each model, in the order of first use', () => {
    const manager: CostBearer = { role: 'manager', model: 'gpt-4.1' };
    let ledger = createLedger(undefined);
    for (const [index, who] of [bearer, manager, bearer].entries()) {
      const attemptId = String(index);
      ledger = settle(hold(ledger, attemptId, 100), { attemptId, bearer: who, amount: 7, usage });
    }

    expect(ledger.lines).toEqual([
      { ...bearer, calls: 2, bookedNanoUsd: 14, inputTokens: 20, cachedInputTokens: 4, outputTokens: 10 },
      { ...manager, calls: 1, bookedNanoUsd: 7, inputTokens: 10, cachedInputTokens: 2, outputTokens: 5 },
    ]);
  });

  it('has a line for what was free, and none for what never happened', () => {
    const free = settle(hold(createLedger(1), 'a', 0), { attemptId: 'a', bearer, amount: 0, usage });
    const failed = settle(hold(createLedger(1), 'a', 1), { attemptId: 'a', bearer, amount: 0 });
    const unknown = settle(hold(createLedger(1), 'a', 1), { attemptId: 'a', bearer, amount: 1 });

    expect(free.lines).toEqual([
      { ...bearer, calls: 1, bookedNanoUsd: 0, inputTokens: 10, cachedInputTokens: 2, outputTokens: 5 },
    ]);
    expect(failed.lines).toEqual([]);
    expect(unknown.lines).toEqual([
      { ...bearer, calls: 1, bookedNanoUsd: 1, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
    ]);
  });

  it('adds up: what is reserved is what is open, what is booked stands in the lines', () => {
    const moves = fc.array(
      fc.record({
        attempt: fc.nat({ max: 5 }),
        reserved: fc.nat({ max: 1_000_000 }),
        amount: fc.nat({ max: 2_000_000 }),
        model: fc.constantFrom('a', 'b'),
        isSettled: fc.boolean(),
      }),
    );

    fc.assert(
      fc.property(moves, (drawn) => {
        let ledger = createLedger(5_000_000);
        for (const [index, { attempt, reserved, amount, model, isSettled }] of drawn.entries()) {
          ledger = isSettled
            ? settle(ledger, { attemptId: String(attempt), bearer: { role: 'manager', model }, amount })
            : hold(
                ledger,
                ledger.open.get(String(attempt)) !== undefined ? `x${String(index)}` : String(attempt),
                reserved,
              );
        }

        const sum = (amounts: Iterable<number>) => [...amounts].reduce((total, amount) => total + amount, 0);
        expect(ledger.reservedNanoUsd).toBe(
          sum(ledger.open.values().map(({ reservedNanoUsd }) => reservedNanoUsd)),
        );
        expect(ledger.bookedNanoUsd).toBe(sum(ledger.lines.map(({ bookedNanoUsd }) => bookedNanoUsd)));
        expect(availableNanoUsd(ledger)).toBe(
          Math.max(0, 5_000_000 - ledger.bookedNanoUsd - ledger.reservedNanoUsd),
        );
      }),
    );
  });
});

describe('the ledger, caps inside the cap', () => {
  const caps: ScopeCaps = { stageNanoUsd: 40, roleNanoUsd: { manager: 60 } };
  const manager: CostBearer = { role: 'manager', model: 'm', stage: 'one' };

  it('knows no cap where none was set', () => {
    expect(findBindingCap(createLedger(undefined), manager)).toBeUndefined();
    expect(findBindingCap(createLedger(undefined, { stageNanoUsd: 1 }), bearer)).toBeUndefined();
  });

  it('goes by the cap that leaves the least', () => {
    const fresh = createLedger(100, caps);
    const afterTwoStages = reserve(reserve(fresh, { ...manager, attemptId: 'a', reservedNanoUsd: 30 }), {
      ...manager,
      stage: 'two',
      attemptId: 'b',
      reservedNanoUsd: 25,
    });

    expect(findBindingCap(fresh, manager)).toEqual({
      scope: { type: 'stage', stage: 'one' },
      capNanoUsd: 40,
      availableNanoUsd: 40,
    });
    expect(findBindingCap(afterTwoStages, manager)).toEqual({
      scope: { type: 'role', role: 'manager' },
      capNanoUsd: 60,
      availableNanoUsd: 5,
    });
    expect(findBindingCap(afterTwoStages, { role: 'employee', model: 'm' })).toEqual({
      scope: { type: 'run' },
      capNanoUsd: 100,
      availableNanoUsd: 45,
    });
  });

  it('names the run when several caps leave the same', () => {
    const ledger = createLedger(40, { stageNanoUsd: 40, roleNanoUsd: { manager: 40 } });

    expect(findBindingCap(ledger, manager)?.scope).toEqual({ type: 'run' });
  });

  it('moves what is settled from reserved to booked where it was reserved', () => {
    const reserved = reserve(createLedger(100, caps), { ...manager, attemptId: 'a', reservedNanoUsd: 30 });

    const settled = settle(reserved, { attemptId: 'a', bearer: { role: 'manager', model: 'm' }, amount: 10 });

    for (const scope of [
      { type: 'stage', stage: 'one' },
      { type: 'role', role: 'manager' },
    ] as const) {
      expect(spentIn(reserved, scope)).toEqual({ bookedNanoUsd: 0, reservedNanoUsd: 30 });
      expect(spentIn(settled, scope)).toEqual({ bookedNanoUsd: 10, reservedNanoUsd: 0 });
    }
  });

  it('does not set aside twice for one attempt', () => {
    const ledger = hold(createLedger(100), 'a', 60);

    expect(hold(ledger, 'a', 60)).toBe(ledger);
  });

  it.each([
    [undefined, {}, false],
    [1, {}, true],
    [undefined, { stageNanoUsd: 1 }, true],
    [undefined, { roleNanoUsd: {} }, false],
    [undefined, { roleNanoUsd: { employee: 1 } }, true],
  ])('tells whether %s and %j are caps: %s', (cap, scopes, expected) => {
    expect(hasCap(createLedger(cap, scopes))).toBe(expected);
  });
});
