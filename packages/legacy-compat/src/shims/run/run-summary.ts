import { type LegacyCostSummary, toLegacyCosts } from './to-legacy-result.ts';
import type { LegacyRun } from './run-legacy-module.ts';

/** The record of a run that callers of the old modules kept; what became of the run is written into it. */
export interface RunSummary {
  config?: Readonly<Record<string, unknown>>;
  task?: string;
  run_id?: string;
  final_status?: string;
  iterations_run?: number;
  cost_summary?: LegacyCostSummary;
}

/** The configuration a summary was made for, with the task it names. */
export function configOf(summary: RunSummary | null | undefined): unknown {
  const { config, task } = summary ?? {};
  return config === undefined || task === undefined ? config : { ...config, task };
}

/** Writes into a summary, if there is one, how its run has ended. */
export function fillSummary(
  summary: RunSummary | null | undefined,
  { result, finalStatus }: LegacyRun,
): void {
  if (summary === undefined || summary === null) return;
  summary.run_id = result.runId;
  summary.final_status = finalStatus;
  summary.iterations_run = result.rounds.length;
  summary.cost_summary = toLegacyCosts(result);
}
