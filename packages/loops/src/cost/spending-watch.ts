import { renderUsd, toNanoUsd } from '@jarvis/core';

import { evolve } from '../engine/evolve.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { initialState, type RunState } from '../engine/run-state.ts';

/**
 * Watches the records of a run as they come and says once when it has cost what `costs.warnAtUsd` names.
 *
 * @param past the records the run had before; a run that had cost as much already is not warned of again.
 * @returns what to tell a person at each record, mostly nothing.
 */
export function createSpendingWatch(
  past: readonly RunRecord[] = [],
): (record: RunRecord) => string | undefined {
  let state = past.reduce(evolve, initialState);
  return (record) => {
    const before = state;
    state = evolve(state, record);
    return describeCrossing(before, state);
  };
}

function describeCrossing(before: RunState, { config, ledger }: RunState): string | undefined {
  const warnAtUsd = config.costs?.warnAtUsd;
  if (warnAtUsd === undefined) return undefined;
  const warnAt = toNanoUsd(warnAtUsd);
  if (before.ledger.bookedNanoUsd >= warnAt || ledger.bookedNanoUsd < warnAt) return undefined;

  const cap =
    ledger.capNanoUsd === undefined ? 'there is no cap' : `the cap is ${renderUsd(ledger.capNanoUsd)}`;
  return (
    `Warning: this run has cost ${renderUsd(ledger.bookedNanoUsd)} so far; ` +
    `costs.warnAtUsd is ${renderUsd(warnAt)}, ${cap}.`
  );
}
