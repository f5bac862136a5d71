import type { RunView } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { cutText } from './cut-text.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderGate } from './render-gate.ts';
import { renderDuration, renderMoment } from './render-moment.ts';
import { renderRoadmap } from './render-roadmap.ts';
import { renderSnapshots } from './render-snapshots.ts';
import { renderStages } from './render-stages.ts';
import { stateDirFlag } from './state-dir-flag.ts';
import { renderRetryAt, renderSpent, renderUsdNumber } from './terminal-reporter.ts';

/** The longest text people are shown on a line, in characters. */
const SHOWN_TEXT = 200;

/** What a view of a run does not say. */
export interface RunSurroundings {
  /** The state directory that was given, for the commands that are named. */
  readonly stateDir?: string | undefined;
  /** What was told the run and is not on record yet. */
  readonly posted?: readonly string[];
}

/** Everything about a run, for people. */
export function renderRun(view: RunView, { stateDir, posted = [] }: RunSurroundings = {}): string {
  const where = stateDirFlag(stateDir);
  const { roadmap: current, stages, files, runId } = view;
  const sections = [
    heading(view, where),
    told(view, posted, where),
    current === undefined ? '' : renderRoadmap(current),
    list('stages', renderStages(stages)),
    list(
      'gates',
      view.gates.flatMap((gate) => renderGate(gate, `${runId}${where}`)),
    ),
    costs(view),
    list('files', files),
    snapshots(view, where),
    commits(view),
    timeline(view),
  ];
  return `${sections
    .filter((section) => section !== '')
    .map(escapeForTerminal)
    .join('\n\n')}\n`;
}

/** What people have said waits until the run takes it up. */
function told({ runId, nextCommand }: RunView, posted: readonly string[], where: string): string {
  const from =
    nextCommand === undefined
      ? 'when the run is opened again'
      : `from the next action on, or from: jarvis resume ${runId}${where}`;
  return list(
    `told and not taken up yet; it holds ${from}`,
    posted.map((text) => cutText(text, SHOWN_TEXT)),
  );
}

function heading(view: RunView, where: string): string {
  const { runId, status, stop, task, mode, team, isSimulated, workspace, nextCommand, reopenCommand } = view;
  return [
    `run ${runId}: ${status}${stop === undefined || stop.reason === stop.status ? '' : ` (${stop.reason})`}`,
    ...(stop === undefined ? ['It is running, or its process died; resume tells which.'] : [stop.message]),
    ...(isSimulated ? ['simulated: no model was used'] : []),
    `task: ${cutText(task, SHOWN_TEXT)}`,
    `mode: ${mode}`,
    ...(team === undefined ? [] : [`team: ${team.mode}. ${team.because}`]),
    ...rounds(view),
    `folder: ${workspace}`,
    `started: ${renderMoment(view.startedAtMs)}; last record ${renderDuration(view.updatedAtMs - view.startedAtMs)} later`,
    ...(stop === undefined ? [] : renderRetryAt(stop)),
    ...(nextCommand === undefined ? [] : [`next: ${nextCommand}${where}`]),
    ...(reopenCommand === undefined ? [] : [`to go on all the same: ${reopenCommand}${where}`]),
  ].join('\n');
}

/** In a mode with stages one round of all is several pieces of work. */
function rounds({ tries, rounds: pieces }: RunView): readonly string[] {
  if (tries === 0) return [];
  const more = tries === pieces.length ? '' : ` over all stages, ${String(pieces.length)} pieces of work`;
  return [`rounds: ${String(tries)}${more}`];
}

function costs({ cost }: RunView): string {
  const doubt =
    cost.inDoubtCalls === 0
      ? []
      : [
          `  in doubt: ${countThings(cost.inDoubtCalls, 'call')}, up to ${renderUsdNumber(cost.inDoubtUsd)} (included)`,
        ];
  const lines = cost.lines.map(
    ({ role, model, calls, usd }) =>
      `  ${role} on ${model}: ${countThings(calls, 'call')}, ${renderUsdNumber(usd)}`,
  );
  return [`cost: ${renderSpent(cost)} (US dollars)`, ...lines, ...doubt].join('\n');
}

/** Where nothing was written there is nothing to bring back. */
function snapshots({ runId, snapshots: kept }: RunView, where: string): string {
  if (kept.every(({ files }) => files.length === 0)) return '';
  return list(
    `files as they were, with: jarvis restore ${runId}${where} --round <number>`,
    renderSnapshots(kept),
  );
}

function commits({ commits: made }: RunView): string {
  return list(
    'commits',
    made.map(({ id, subject }) => `${id.slice(0, 10)} ${cutText(subject, SHOWN_TEXT)}`),
  );
}

function timeline({ timeline: entries, startedAtMs }: RunView): string {
  return list(
    'timeline, in seconds from the start',
    entries.map(
      ({ atMs, text }) =>
        `${`+${((atMs - startedAtMs) / 1000).toFixed(1)} s`.padStart(9)}  ${cutText(text, SHOWN_TEXT)}`,
    ),
  );
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
