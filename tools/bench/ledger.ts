import { type CostLedger, createLedger, reserve, settle } from '@jarvis/core';

import type { Bench } from './bench.ts';

const PAIRS = 200_000;

/** How many reservations stay open while others come and go. */
const OPEN_COUNTS = [0, 1_000, 10_000];

const USAGE = { inputTokens: 1_000, cachedInputTokens: 200, outputTokens: 400 };

/** How many reservations a ledger sets aside and settles in a second, however many are open. */
export const ledgerBench: Bench = {
  name: 'ledger',
  summary:
    'reserve and settle in the ledger of a run, with many reservations open; to be had: 100,000 pairs/s',
  run: () => Promise.resolve(OPEN_COUNTS.map(measure)),
};

function measure(openCount: number): string {
  let ledger = openMany(openCount);
  const startedMs = performance.now();
  for (let index = 0; index < PAIRS; index += 1) ledger = movePair(ledger, index);
  const seconds = (performance.now() - startedMs) / 1_000;
  if (ledger.open.size !== openCount) throw new Error(`${String(ledger.open.size)} reservations are open`);
  const pairs = Math.round(PAIRS / seconds).toLocaleString('en');
  return `${openCount.toLocaleString('en').padStart(7)} open: ${pairs.padStart(9)} pairs/s`;
}

function openMany(count: number): CostLedger {
  let ledger = createLedger(1e15, { stageNanoUsd: 1e14, roleNanoUsd: { manager: 1e14 } });
  for (let index = 0; index < count; index += 1) {
    ledger = reserve(ledger, reservationOf(`open-${String(index)}`, index));
  }
  return ledger;
}

function movePair(ledger: CostLedger, index: number): CostLedger {
  const reservation = reservationOf(`moving-${String(index)}`, index);
  const { attemptId } = reservation;
  return settle(reserve(ledger, reservation), { attemptId, bearer: reservation, amount: 500, usage: USAGE });
}

function reservationOf(attemptId: string, index: number) {
  const stage = `stage-${String(index % 50)}`;
  return { attemptId, role: 'employee', model: 'gpt-4.1-mini', stage, reservedNanoUsd: 1_000 } as const;
}
