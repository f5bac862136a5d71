import type { RunView } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderUsdNumber } from './terminal-reporter.ts';

/** The longest part of a task a list shows, in characters. */
const SHOWN_TASK = 60;

/** One line for each run. */
export function renderRunList(runs: readonly RunView[]): string {
  if (runs.length === 0)
    return 'No runs yet. Start one with: jarvis run "Build a landing page for a bakery"\n';
  return runs.map(renderLine).join('');
}

function renderLine({ runId, status, cost, task }: RunView): string {
  const shown = task.length > SHOWN_TASK ? `${task.slice(0, SHOWN_TASK)}…` : task;
  return `${runId}  ${status.padEnd(9)}  ${renderUsdNumber(cost.spentUsd).padStart(9)}  ${escapeForTerminal(shown.replaceAll('\n', ' '))}\n`;
}
