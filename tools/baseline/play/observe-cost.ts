import type { RunRecord, RunResult } from '@jarvis/loops';

import type { Observation, ObservedCostLine } from '../compare/observation.ts';

const NANO_PER_USD = 1e9;

/** What a run cost as far as the server stated it, and what was set aside where it did not. */
export interface ObservedCost {
  readonly cost: Observation['cost'];
  /** Booked for requests whose price nobody stated: the predecessor took those for free. */
  readonly unstatedUsd: number;
}

/**
 * Reads the cost from the result of a run. Money that is booked without a statement of the server is taken out again,
 * because the predecessor did not know it; it is reported beside the comparison.
 */
export function observeCost({ cost }: Pick<RunResult, 'cost'>, records: readonly RunRecord[]): ObservedCost {
  const unstated = sumUnstated(records);
  const lines = cost.lines.map(
    ({ role, model, usd, inputTokens, outputTokens }): [string, ObservedCostLine] => {
      const key = `${role} ${model}`;
      return [key, { inputTokens, outputTokens, nanoUsd: toNano(usd) - (unstated.get(key) ?? 0) }];
    },
  );
  const unstatedNano = [...unstated.values()].reduce((sum, nano) => sum + nano, 0) + toNano(cost.inDoubtUsd);
  return {
    cost: {
      usd: Number(((toNano(cost.spentUsd) - unstatedNano) / NANO_PER_USD).toFixed(6)),
      lines: Object.fromEntries(
        lines.filter(([, line]) => line.nanoUsd !== 0 || line.inputTokens + line.outputTokens > 0),
      ),
    },
    unstatedUsd: unstatedNano / NANO_PER_USD,
  };
}

function sumUnstated(records: readonly RunRecord[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const record of records) {
    if (record.type !== 'attempt.closed') continue;
    const { role, model, ending } = record.data;
    if (ending.type === 'settled' && ending.usage !== undefined) continue;
    const key = `${role} ${model}`;
    sums.set(key, (sums.get(key) ?? 0) + ending.bookedNanoUsd);
  }
  return sums;
}

function toNano(usd: number): number {
  return Math.round(usd * NANO_PER_USD);
}
