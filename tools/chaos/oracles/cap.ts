import {
  type CostLedger,
  createLedger,
  defaultPriceTable,
  findPrice,
  priceOf,
  reserve,
  settle,
  toNanoUsd,
} from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';

import type { Evidence } from '../evidence.ts';
import { MODEL, USAGE } from '../scenarios/scenario.ts';

/**
 * O2: at every record, what is booked and what is set aside stay under the cap as it is then; together they are never
 * less than what the server has worked for; and the cap was reached, or all this would say nothing.
 */
export function checkCap({ records, requests, terms }: Evidence): readonly string[] {
  const problems: string[] = [];
  let ledger = createLedger(toNanoUsd(terms.capUsd));
  for (const record of records) {
    ledger = evolve(ledger, record);
    const total = totalOf(ledger);
    const cap = ledger.capNanoUsd ?? Infinity;
    if (total > cap)
      problems.push(`at record ${String(record.seq)} ${String(total)} is over the cap of ${String(cap)}`);
  }
  const served = requests.filter(({ status }) => status !== FAILED).length * costOfOneAnswer();
  const total = totalOf(ledger);
  if (total < served) problems.push(`${String(total)} on the ledger, ${String(served)} on the server`);
  return [...problems, ...checkStops(records)];
}

/** The status of an answer nobody pays for. */
const FAILED = 503;

function evolve(ledger: CostLedger, { type, data }: RunRecord): CostLedger {
  if (type === 'run.amended') {
    if (data.capUsd === undefined) return ledger;
    return { ...ledger, capNanoUsd: data.capUsd === 'unlimited' ? undefined : toNanoUsd(data.capUsd) };
  }
  if (type === 'attempt.opened') return reserve(ledger, data);
  if (type !== 'attempt.closed') return ledger;
  const { attemptId, role, model, ending } = data;
  return settle(ledger, { attemptId, bearer: { role, model }, amount: ending.bookedNanoUsd });
}

/** The run stood still for want of money, and nobody but the one who resumed it raised the cap. */
function checkStops(records: readonly RunRecord[]): readonly string[] {
  const stops = records.filter(({ type, data }) => type === 'run.paused' && data.reason === 'budget').length;
  const raises = records.filter(
    ({ type, data }) => type === 'run.amended' && data.capUsd !== undefined,
  ).length;
  return [
    ...(stops === 0 ? ['the cap was never reached'] : []),
    ...(raises > stops ? [`the cap was raised ${String(raises)} times after ${String(stops)} stops`] : []),
  ];
}

function totalOf({ bookedNanoUsd, reservedNanoUsd }: CostLedger): number {
  return bookedNanoUsd + reservedNanoUsd;
}

function costOfOneAnswer(): number {
  const price = findPrice(defaultPriceTable, MODEL);
  if (price === undefined) throw new Error(`no price for ${MODEL}`);
  const { promptTokens, completionTokens } = USAGE;
  return priceOf(price, { inputTokens: promptTokens, cachedInputTokens: 0, outputTokens: completionTokens });
}
