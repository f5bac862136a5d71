import { gateStatus, renderSeat, waitingStep } from '@jarvis/core';
import { renderRoadmapText } from '@jarvis/roadmap';
import type { RunView } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderStages } from './render-stages.ts';
import { renderRetryAt, renderSpent, renderUsdNumber } from './terminal-reporter.ts';

/** Everything about a run, for people. */
export function renderRun(view: RunView): string {
  const sections = [
    heading(view),
    roadmap(view),
    list('stages', renderStages(view.stages)),
    gates(view),
    costs(view),
    list('files', view.files),
    commits(view),
    timeline(view),
  ];
  return `${sections
    .filter((section) => section !== '')
    .map(escapeForTerminal)
    .join('\n\n')}\n`;
}

function heading(view: RunView): string {
  const { runId, status, stop, task, mode, team, tries, isSimulated, workspace, nextCommand } = view;
  return [
    `run ${runId}: ${status}${stop === undefined ? '' : ` (${stop.reason})`}`,
    ...(stop === undefined ? ['It is running, or its process died; resume tells which.'] : [stop.message]),
    ...(isSimulated ? ['simulated: no model was used'] : []),
    `task: ${task}`,
    `mode: ${mode}`,
    ...(team === undefined ? [] : [`team: ${team.mode}. ${team.because}`]),
    ...(tries === 0 ? [] : [`rounds: ${String(tries)}`]),
    `folder: ${workspace}`,
    ...(stop === undefined ? [] : renderRetryAt(stop)),
    ...(nextCommand === undefined ? [] : [`next: ${nextCommand}`]),
  ].join('\n');
}

function roadmap({ roadmap: current }: RunView): string {
  return current === undefined ? '' : renderRoadmapText(current).trimEnd();
}

function gates({ gates: asked }: RunView): string {
  return list('gates', asked.flatMap(renderGate));
}

function renderGate(gate: RunView['gates'][number]): readonly string[] {
  const waiting = waitingStep(gate);
  const status = gateStatus(gate);
  const isOpen = status === 'open' || status === 'escalated';
  return [
    `${gate.id}: ${status}${isOpen && waiting !== undefined ? `, waits for ${renderSeat(waiting.seat)}` : ''}`,
    ...gate.decisions.map(
      ({ by, role, verdict, reason }) =>
        `  ${by} (${role}): ${verdict}${reason === undefined ? '' : `, ${reason}`}`,
    ),
    ...(isOpen ? [`  asks about ${gate.subjectHash}: ${JSON.stringify(gate.shown)}`] : []),
  ];
}

function costs({ cost }: RunView): string {
  const doubt =
    cost.inDoubtCalls === 0
      ? []
      : [
          `  in doubt: ${String(cost.inDoubtCalls)} call(s), up to ${renderUsdNumber(cost.inDoubtUsd)} (included)`,
        ];
  const lines = cost.lines.map(
    ({ role, model, calls, usd }) => `  ${role} on ${model}: ${String(calls)} calls, ${renderUsdNumber(usd)}`,
  );
  return [`cost: ${renderSpent(cost)}`, ...lines, ...doubt].join('\n');
}

function commits({ commits: made }: RunView): string {
  return list(
    'commits',
    made.map(({ id, subject }) => `${id.slice(0, 10)} ${subject}`),
  );
}

function timeline({ timeline: entries, startedAtMs }: RunView): string {
  return list(
    'timeline',
    entries.map(
      ({ atMs, text }) => `${`+${((atMs - startedAtMs) / 1000).toFixed(1)}s`.padStart(8)}  ${text}`,
    ),
  );
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
