import { type Journal, type SerializedError, serializeError, toNanoUsd, toUsd } from '@jarvis/core';

import type { RunView } from '../view/project-run.ts';
import { readRun } from '../view/read-run.ts';

/** What one run has cost. */
export interface RunCost extends Pick<RunView, 'runId' | 'mode' | 'status' | 'isSimulated' | 'startedAtMs'> {
  /** In US dollars, calls in doubt included. */
  readonly spentUsd: number;
  readonly inDoubtUsd: number;
  /** Calls that were charged. */
  readonly calls: number;
  /** Every model that was charged, each once. */
  readonly models: readonly string[];
}

/** A line of the history; a run that cannot be read hides no other. */
export type CostHistoryLine = RunCost | { readonly runId: string; readonly error: SerializedError };

/** What the runs of a project have cost. */
export interface CostHistory {
  /** Newest first. */
  readonly lines: readonly CostHistoryLine[];
  /** Sums over the runs that can be read. */
  readonly total: {
    readonly runs: number;
    readonly spentUsd: number;
    readonly inDoubtUsd: number;
    readonly calls: number;
  };
}

/** Folds every run of a journal to what it has cost. Needs no lease, and changes nothing. */
export async function readCostHistory(journal: Journal): Promise<CostHistory> {
  const lines: CostHistoryLine[] = [];
  for (const runId of await journal.listRuns()) lines.push(await readLine(journal, runId));
  const costs = lines.filter(isRunCost);
  return {
    lines,
    total: {
      runs: costs.length,
      spentUsd: sumUsd(costs.map(({ spentUsd }) => spentUsd)),
      inDoubtUsd: sumUsd(costs.map(({ inDoubtUsd }) => inDoubtUsd)),
      calls: costs.reduce((sum, { calls }) => sum + calls, 0),
    },
  };
}

/** Tells a run that could be read from one that could not. */
export function isRunCost(line: CostHistoryLine): line is RunCost {
  return !('error' in line);
}

async function readLine(journal: Journal, runId: string): Promise<CostHistoryLine> {
  try {
    return toRunCost(await readRun(journal, runId));
  } catch (error) {
    return { runId, error: serializeError(error) };
  }
}

function toRunCost({ runId, mode, status, isSimulated, startedAtMs, cost }: RunView): RunCost {
  const { spentUsd, inDoubtUsd, calls, lines } = cost;
  const models = [...new Set(lines.map(({ model }) => model))];
  return { runId, mode, status, isSimulated, startedAtMs, spentUsd, inDoubtUsd, calls, models };
}

/** Sums are exact in billionths, and not in dollars. */
function sumUsd(amounts: readonly number[]): number {
  return toUsd(amounts.reduce((sum, amount) => sum + toNanoUsd(amount), 0));
}
