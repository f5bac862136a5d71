import { type AgentRole, type CostLedger, type RunStatus, toUsd } from '@jarvis/core';
import type { Roadmap } from '@jarvis/roadmap';

import type { Accepted, Stop } from '../engine/run-records.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import type { StopReason } from '../engine/stop-reason.ts';

/** What a run cost, in US dollars. */
export interface CostStatement {
  readonly capUsd: number | 'unlimited';
  /** What is booked, calls in doubt included. */
  readonly spentUsd: number;
  /** The most that calls whose fate is not known may have cost; part of `spentUsd`. */
  readonly inDoubtUsd: number;
  readonly inDoubtCalls: number;
  /** Calls that were charged. */
  readonly calls: number;
  readonly lines: readonly {
    readonly role: AgentRole;
    readonly model: string;
    readonly calls: number;
    readonly usd: number;
    readonly inputTokens: number;
    /** The part of `inputTokens` the server had cached. */
    readonly cachedInputTokens: number;
    readonly outputTokens: number;
  }[];
}

/** How a run ended or stands, with the evidence and what to type next. */
export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly reason: StopReason;
  /** One sentence for people. */
  readonly message: string;
  /** The code of the error that stopped the run, if one did. */
  readonly errorCode?: string;
  /** Before this moment, in milliseconds since 1970 UTC, there is no use in going on. */
  readonly retryAtMs?: number;
  /** The command that goes on from here, if there is one. */
  readonly nextCommand?: string;
  readonly mode: Accepted['mode'];
  /** No model was used: the built-in simulation did the work. */
  readonly isSimulated: boolean;
  /** The real path of the project folder. */
  readonly workspace: string;
  readonly rounds: readonly Round[];
  /** The roadmap, once there is a plan. */
  readonly roadmap?: Roadmap;
  /** Paths the run has written and not deleted again, each once. */
  readonly files: readonly string[];
  readonly commits: readonly { readonly id: string; readonly subject: string }[];
  /** Why nothing was committed, when that was decided at the start. */
  readonly commitNote?: string;
  /** What no commit held when the run was accepted. */
  readonly uncommitted?: NonNullable<Accepted['uncommitted']>;
  readonly cost: CostStatement;
}

/** The result of a run that has ended or stands still; `undefined` while it is neither. */
export function toRunResult(runId: string, state: RunState): RunResult | undefined {
  const { accepted, rounds, roadmap } = state;
  const stop = state.ended ?? state.paused;
  if (accepted === undefined || stop === undefined) return undefined;

  const nextCommand = state.ended === undefined ? resumeCommand(runId, stop) : findReopening(runId, state);
  return {
    runId,
    ...stop,
    ...(nextCommand === undefined ? {} : { nextCommand }),
    mode: accepted.mode,
    isSimulated: accepted.isSimulated,
    workspace: accepted.workspace,
    rounds,
    ...(roadmap === undefined ? {} : { roadmap }),
    files: listWrittenFiles(rounds),
    commits: listCommits(rounds),
    ...(accepted.commits.type === 'off' ? { commitNote: accepted.commits.reason } : {}),
    ...(accepted.uncommitted === undefined ? {} : { uncommitted: accepted.uncommitted }),
    cost: toCostStatement(state.ledger),
  };
}

/** What a ledger says, for people. */
export function toCostStatement(ledger: CostLedger): CostStatement {
  return {
    capUsd: ledger.capNanoUsd === undefined ? 'unlimited' : toUsd(ledger.capNanoUsd),
    spentUsd: toUsd(ledger.bookedNanoUsd + ledger.reservedNanoUsd),
    inDoubtUsd: toUsd(ledger.reservedNanoUsd),
    inDoubtCalls: ledger.open.size,
    calls: ledger.lines.reduce((sum, { calls }) => sum + calls, 0),
    lines: ledger.lines.map(({ bookedNanoUsd, ...line }) => ({ ...line, usd: toUsd(bookedNanoUsd) })),
  };
}

/** The paths that rounds have written and not deleted again, each once, in order. */
export function listWrittenFiles(rounds: readonly Round[]): readonly string[] {
  const paths = new Set<string>();
  for (const { apply } of rounds) {
    if (apply?.type !== 'applied') continue;
    for (const path of apply.paths) paths.add(path);
    for (const path of apply.deleted ?? []) paths.delete(path);
  }
  return [...paths].sort();
}

/** The commits that rounds have made, oldest first. */
export function listCommits(rounds: readonly Round[]): RunResult['commits'] {
  return rounds.flatMap(({ commit }) => (commit !== undefined && 'id' in commit ? [commit] : []));
}

/** What a person has to add for the run to come further than it did. */
const FLAGS: Readonly<Partial<Record<StopReason, string>>> = {
  budget: '--max-cost <US dollars>',
  model_not_found: '--model <name>',
  crash_loop: '--force',
  in_doubt: '--force',
  suspicious_task: '--force',
};

/** What opens a run again that ended without being done; `undefined` when nothing does. */
export function reopenCommand(runId: string, { status, reason }: Stop): string | undefined {
  // Without a stage to work on it would end at once as it has ended.
  if (reason === 'nothing_left') return `jarvis roadmap reopen ${runId} <stage> --reason "…"`;
  if ((status !== 'partial' && status !== 'cancelled') || reason === 'max_stages') return undefined;
  return `jarvis resume ${runId} --reopen${reason === 'max_rounds' ? ' --max-rounds <number>' : ''}`;
}

/** What opens a run again that is over; nobody goes on with what something else has carried out. */
export function findReopening(runId: string, { accepted, ended }: RunState): string | undefined {
  return ended === undefined || accepted?.isImported === true ? undefined : reopenCommand(runId, ended);
}

/** What goes on with a run that is not over. */
export function resumeCommand(runId: string, stop: Stop | undefined): string {
  if (stop?.reason === 'gate_waiting') return `jarvis approve ${runId} --resume`;
  const flag = stop?.capFlag ?? FLAGS[stop?.reason ?? 'interrupted'];
  return `jarvis resume ${runId}${flag === undefined ? '' : ` ${flag}`}`;
}
