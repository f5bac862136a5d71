import { SIMULATION_MODEL } from '@jarvis/core';
import type { RunResult } from '@jarvis/loops';

import type { LegacyRun } from './run-legacy-module.ts';

/** What one role or model has cost, as the predecessor wrote it. */
export interface LegacyCostLine {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_usd: number;
  readonly num_calls: number;
}

/** The old cost summary. */
export interface LegacyCostSummary {
  readonly num_calls: number;
  readonly total_input_tokens: number;
  readonly total_output_tokens: number;
  readonly total_usd: number;
  readonly by_role: Readonly<Record<string, LegacyCostLine>>;
  readonly by_model: Readonly<Record<string, LegacyCostLine>>;
}

/** What `orchestrator` gave back. */
export type LegacyResult =
  | {
      readonly status: 'completed' | 'failed';
      readonly final_status: string;
      readonly rounds_completed: number;
      readonly cost_summary: LegacyCostSummary;
      readonly core_run_id: string;
      readonly output_dir: string;
      readonly files_modified: readonly string[];
    }
  | {
      readonly status: 'blocked_security';
      readonly reason: string;
      readonly detected_patterns: readonly string[];
    };

/** A run as `orchestrator` gave it back. What it called `failed` in any case is `completed` when the work is done. */
export function toLegacyResult({ result, finalStatus, screening }: LegacyRun): LegacyResult {
  if (result.reason === 'suspicious_task') {
    return {
      status: 'blocked_security',
      reason: result.message,
      detected_patterns: [...new Set(screening?.findings.map(({ kind }) => kind.replaceAll('-', '_')))],
    };
  }
  return {
    status: result.status === 'done' ? 'completed' : 'failed',
    final_status: finalStatus,
    rounds_completed: result.rounds.length,
    cost_summary: toLegacyCosts(result),
    core_run_id: result.runId,
    output_dir: result.workspace,
    files_modified: result.files,
  };
}

/**
 * What a run has cost, as the predecessor summed it up: dollars to six decimals. A dialect names the models it would
 * have asked; in a simulation none of them was.
 */
export function toLegacyCosts({
  cost: { lines },
  isSimulated,
}: Pick<RunResult, 'cost' | 'isSimulated'>): LegacyCostSummary {
  const { num_calls, prompt_tokens, completion_tokens, total_usd } = sum(lines);
  return {
    num_calls,
    total_input_tokens: prompt_tokens,
    total_output_tokens: completion_tokens,
    total_usd,
    by_role: sumBy(lines, ({ role }) => role),
    by_model: sumBy(lines, ({ model }) => (isSimulated ? SIMULATION_MODEL : model)),
  };
}

type CostLine = RunResult['cost']['lines'][number];

function sumBy(lines: readonly CostLine[], nameOf: (line: CostLine) => string): LegacyCostSummary['by_role'] {
  const names = [...new Set(lines.map(nameOf))];
  return Object.fromEntries(names.map((name) => [name, sum(lines.filter((line) => nameOf(line) === name))]));
}

function sum(lines: readonly CostLine[]): LegacyCostLine {
  const add = (valueOf: (line: CostLine) => number) =>
    lines.reduce((total, line) => total + valueOf(line), 0);
  return {
    prompt_tokens: add(({ inputTokens }) => inputTokens),
    completion_tokens: add(({ outputTokens }) => outputTokens),
    total_usd: Number(add(({ usd }) => usd).toFixed(6)),
    num_calls: add(({ calls }) => calls),
  };
}
