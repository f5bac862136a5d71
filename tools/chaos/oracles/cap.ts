import {
  createLedger,
  defaultPriceTable,
  findPrice,
  priceOf,
  reserve,
  settle,
  toNanoUsd,
} from '@jarvis/core';

import type { Evidence } from '../evidence.ts';
import { CONFIG, USAGE } from '../scenario.ts';

/**
 * O2: at every record, what is booked and what is set aside stay under the cap; and together they are never less
 * than what the server has worked for.
 */
export function checkCap({ records, requests }: Evidence): readonly string[] {
  const cap = toNanoUsd(CONFIG.costs.capUsd);
  const problems: string[] = [];
  let ledger = createLedger(cap);
  for (const { type, seq, data } of records) {
    if (type === 'attempt.opened') ledger = reserve(ledger, data.attemptId, data.reservedNanoUsd);
    if (type === 'attempt.closed') {
      const { attemptId, role, model, ending } = data;
      ledger = settle(ledger, { attemptId, bearer: { role, model }, amount: ending.bookedNanoUsd });
    }
    const total = ledger.bookedNanoUsd + ledger.reservedNanoUsd;
    if (total > cap)
      problems.push(`at record ${String(seq)} ${String(total)} is over the cap of ${String(cap)}`);
  }
  const served = requests.length * costOfOneAnswer();
  const total = ledger.bookedNanoUsd + ledger.reservedNanoUsd;
  return total < served
    ? [...problems, `${String(total)} on the ledger, ${String(served)} on the server`]
    : problems;
}

function costOfOneAnswer(): number {
  const price = findPrice(defaultPriceTable, CONFIG.models.employee);
  if (price === undefined) throw new Error(`no price for ${CONFIG.models.employee}`);
  const { promptTokens, completionTokens } = USAGE;
  return priceOf(price, { inputTokens: promptTokens, cachedInputTokens: 0, outputTokens: completionTokens });
}
