import type { SerializedError } from '@jarvis/core';
import type { RunView } from '@jarvis/loops';

import { cutText } from './cut-text.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderMoment } from './render-moment.ts';
import { renderUsdNumber } from './terminal-reporter.ts';

/** A run as a list shows it. */
export type ListedRun =
  | (Pick<RunView, 'runId' | 'status' | 'task' | 'mode' | 'isSimulated' | 'startedAtMs'> & {
      readonly spentUsd: number;
    })
  | { readonly runId: string; readonly error: SerializedError };

/** The longest part of a task a list shows, in characters. */
const SHOWN_TASK = 60;

/** Where runs were looked for. */
export interface RunPlace {
  readonly folder: string;
  readonly stateDirectory: string;
}

const TITLE = `${'STATUS'.padEnd(9)}  ${'COST (US$)'.padStart(10)}  ${'STARTED'.padEnd(23)}  TASK`;

/** The length of an id this program gives; an imported run may have a longer one. */
const SHORTEST_ID = 22;

/** A line for each run below a title; where there is none, where they were looked for. */
export function renderRunList(runs: readonly ListedRun[], place: RunPlace): string {
  if (runs.length === 0) return `${renderNone(place).map(escapeForTerminal).join('\n')}\n`;
  const told = runs.filter((run) => !('error' in run));
  const width = Math.max(SHORTEST_ID, ...told.map(({ runId }) => runId.length));
  const title = `${'RUN'.padEnd(width)}  ${TITLE}`;
  return [title, ...runs.map((run) => renderLine(run, width))]
    .map((line) => `${escapeForTerminal(line)}\n`)
    .join('');
}

function renderNone({ folder, stateDirectory }: RunPlace): readonly string[] {
  return [
    'No runs yet. Start one with: jarvis run "Build a landing page for a bakery"',
    `Looked for runs of ${folder} in ${stateDirectory}; another place: --workspace, --state-dir.`,
    'Runs belong to the path of their folder: one that was moved has them again where it was.',
  ];
}

function renderLine(run: ListedRun, width: number): string {
  if ('error' in run) return `${run.runId}  unreadable: ${run.error.message}`;
  const { runId, status, spentUsd, isSimulated, startedAtMs, task } = run;
  const price = isSimulated ? 'simulated' : renderUsdNumber(spentUsd);
  const shown = cutText(task, SHOWN_TASK);
  return `${runId.padEnd(width)}  ${status.padEnd(9)}  ${price.padStart(10)}  ${renderMoment(startedAtMs)}  ${shown}`;
}
