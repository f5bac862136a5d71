import type { SerializedError } from '@jarvis/core';
import type { RunView } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderUsdNumber } from './terminal-reporter.ts';

/** A run as a list shows it. */
export type ListedRun =
  | (Pick<RunView, 'runId' | 'status' | 'task' | 'mode' | 'isSimulated' | 'startedAtMs'> & {
      readonly spentUsd: number;
    })
  | { readonly runId: string; readonly error: SerializedError };

/** The longest part of a task a list shows, in characters. */
const SHOWN_TASK = 60;

/** One line for each run. */
export function renderRunList(runs: readonly ListedRun[]): string {
  if (runs.length === 0)
    return 'No runs yet. Start one with: jarvis run "Build a landing page for a bakery"\n';
  return runs.map((run) => `${escapeForTerminal(renderLine(run))}\n`).join('');
}

function renderLine(run: ListedRun): string {
  if ('error' in run) return `${run.runId}  unreadable: ${run.error.message}`;
  const { runId, status, spentUsd, isSimulated, task } = run;
  const shown = task.length > SHOWN_TASK ? `${task.slice(0, SHOWN_TASK)}…` : task;
  const price = isSimulated ? 'simulated' : renderUsdNumber(spentUsd);
  return `${runId}  ${status.padEnd(9)}  ${price.padStart(9)}  ${shown.replaceAll('\n', ' ')}`;
}
