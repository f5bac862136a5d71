import type { StageView } from '@jarvis/loops';

import { renderUsdNumber } from './terminal-reporter.ts';

/** What happened in each stage: a line for it, and one for each thing worth knowing. Stages not begun are left out. */
export function renderStages(stages: readonly StageView[]): readonly string[] {
  return stages.filter(({ cycles, findings }) => cycles > 0 || findings.length > 0).flatMap(renderStage);
}

function renderStage(stage: StageView): readonly string[] {
  const { id, status, cycles, audits, findingsLeft, findings, costUsd, summary } = stage;
  const looked = audits === 0 ? '' : `, ${count(audits, 'audit')}, ${String(findingsLeft)} left to do`;
  return [
    `${id}: ${status}, ${count(cycles, 'cycle')}${looked}, ${renderUsdNumber(costUsd)}`,
    ...(summary === undefined ? [] : [`  ${summary}`]),
    ...findings.map(renderFinding),
    ...stage.reopenings.map(
      ({ reason, source }) =>
        `  opened again${source === undefined ? '' : ` because of ${source}`}: ${reason}`,
    ),
    ...stage.escalations.map(
      ({ step, afterRounds }) => `  ${step.replaceAll('_', ' ')} after ${count(afterRounds, 'audit')}`,
    ),
  ];
}

function renderFinding({ finding, status, reason }: StageView['findings'][number]): string {
  const { severity, file, description } = finding;
  const place = file === undefined ? '' : `${file}: `;
  return `  ${status} ${severity}: ${place}${description}${reason === undefined ? '' : ` (${reason})`}`;
}

function count(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
