import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { availableNanoUsd, type CostBearer, createLedger, reserve, settle } from './cost-ledger.ts';

const bearer: CostBearer = { role: 'employee', model: 'gpt-4.1-mini' };
const usage = { inputTokens: 10, cachedInputTokens: 2, outputTokens: 5 };

describe('the ledger', () => {
  it('begins with nothing spent', () => {
    expect(createLedger(100)).toEqual({
      capNanoUsd: 100,
      bookedNanoUsd: 0,
      reservedNanoUsd: 0,
      open: new Map(),
      lines: [],
    });
  });

  it('sets an amount aside and books what it became', () => {
    const reserved = reserve(createLedger(100), 'a', 60);

    const settled = settle(reserved, { attemptId: 'a', bearer, amount: 25, usage });

    expect(reserved).toMatchObject({ bookedNanoUsd: 0, reservedNanoUsd: 60 });
    expect(settled).toMatchObject({ bookedNanoUsd: 25, reservedNanoUsd: 0, open: new Map() });
    expect([availableNanoUsd(reserved), availableNanoUsd(settled)]).toEqual([40, 75]);
  });

  it('keeps a reservation whose attempt never ended', () => {
    const ledger = settle(reserve(reserve(createLedger(100), 'a', 60), 'b', 10), {
      attemptId: 'b',
      bearer,
      amount: 10,
    });

    expect(ledger.open).toEqual(new Map([['a', 60]]));
    expect(availableNanoUsd(ledger)).toBe(30);
  });

  it('does nothing when an attempt is settled that is not open', () => {
    const ledger = settle(reserve(createLedger(100), 'a', 60), { attemptId: 'a', bearer, amount: 60 });

    expect(settle(ledger, { attemptId: 'a', bearer, amount: 60 })).toBe(ledger);
    expect(settle(ledger, { attemptId: 'unknown', bearer, amount: 60 })).toBe(ledger);
  });

  it('has nothing left, and no debt, when an answer cost more than the cap', () => {
    const ledger = settle(reserve(createLedger(100), 'a', 60), { attemptId: 'a', bearer, amount: 500 });

    expect(ledger.bookedNanoUsd).toBe(500);
    expect(availableNanoUsd(ledger)).toBe(0);
  });

  it('always has something left without a cap', () => {
    expect(availableNanoUsd(reserve(createLedger(undefined), 'a', 1e15))).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells what each role spent on each model, in the order of first use', () => {
    const manager: CostBearer = { role: 'manager', model: 'gpt-4.1' };
    let ledger = createLedger(undefined);
    for (const [index, who] of [bearer, manager, bearer].entries()) {
      const attemptId = String(index);
      ledger = settle(reserve(ledger, attemptId, 100), { attemptId, bearer: who, amount: 7, usage });
    }

    expect(ledger.lines).toEqual([
      { ...bearer, calls: 2, bookedNanoUsd: 14, inputTokens: 20, outputTokens: 10 },
      { ...manager, calls: 1, bookedNanoUsd: 7, inputTokens: 10, outputTokens: 5 },
    ]);
  });

  it('has a line for what was free, and none for what never happened', () => {
    const free = settle(reserve(createLedger(1), 'a', 0), { attemptId: 'a', bearer, amount: 0, usage });
    const failed = settle(reserve(createLedger(1), 'a', 1), { attemptId: 'a', bearer, amount: 0 });
    const unknown = settle(reserve(createLedger(1), 'a', 1), { attemptId: 'a', bearer, amount: 1 });

    expect(free.lines).toEqual([{ ...bearer, calls: 1, bookedNanoUsd: 0, inputTokens: 10, outputTokens: 5 }]);
    expect(failed.lines).toEqual([]);
    expect(unknown.lines).toEqual([
      { ...bearer, calls: 1, bookedNanoUsd: 1, inputTokens: 0, outputTokens: 0 },
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
            : reserve(
                ledger,
                ledger.open.has(String(attempt)) ? `x${String(index)}` : String(attempt),
                reserved,
              );
        }

        const sum = (amounts: Iterable<number>) => [...amounts].reduce((total, amount) => total + amount, 0);
        expect(ledger.reservedNanoUsd).toBe(sum(ledger.open.values()));
        expect(ledger.bookedNanoUsd).toBe(sum(ledger.lines.map(({ bookedNanoUsd }) => bookedNanoUsd)));
        expect(availableNanoUsd(ledger)).toBe(
          Math.max(0, 5_000_000 - ledger.bookedNanoUsd - ledger.reservedNanoUsd),
        );
      }),
    );
  });
});
