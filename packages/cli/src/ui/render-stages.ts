import type { StageView } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { cutText } from './cut-text.ts';
import { renderUsdNumber } from './terminal-reporter.ts';

/** The longest text people are shown on a line, in characters. */
const SHOWN_TEXT = 160;

type Tracked = StageView['findings'][number];

const FINDING_STATUS: Readonly<Record<Tracked['status'], string>> = {
  open: 'open',
  fixed: 'said to be mended',
  verified: 'mended',
  accepted: 'accepted',
  reopened: 'here again',
};

/** What happened in each stage: a line for it, and one for each thing worth knowing. Stages not begun are left out. */
export function renderStages(stages: readonly StageView[]): readonly string[] {
  return stages.filter(({ cycles, findings }) => cycles > 0 || findings.length > 0).flatMap(renderStage);
}

function renderStage(stage: StageView): readonly string[] {
  const { id, status, cycles, audits, findingsLeft, findings, costUsd, summary } = stage;
  const left =
    findingsLeft === 0 ? 'nothing left to mend' : `${countThings(findingsLeft, 'finding')} left to mend`;
  const looked = audits === 0 ? '' : `, ${countThings(audits, 'audit')}, ${left}`;
  return [
    `${id}: ${status.replaceAll('_', ' ')}, worked on ${cycles === 1 ? 'once' : `${String(cycles)} times`}${looked}, ${renderUsdNumber(costUsd)}`,
    ...(summary === undefined ? [] : [`  ${cutText(summary, SHOWN_TEXT)}`]),
    ...findings.map(renderFinding),
    ...stage.reopenings.map(
      ({ reason, source }) =>
        `  opened again${source === undefined ? '' : ` because of ${source}`}: ${cutText(reason, SHOWN_TEXT)}`,
    ),
    ...stage.escalations.map(
      ({ step, afterRounds }) => `  ${step.replaceAll('_', ' ')} after ${countThings(afterRounds, 'audit')}`,
    ),
  ];
}

function renderFinding({ finding, status, reason }: Tracked): string {
  const { severity, file, description } = finding;
  const place = file === undefined ? '' : `${cutText(file, SHOWN_TEXT)}: `;
  const why = reason === undefined ? '' : ` (${cutText(reason, SHOWN_TEXT)})`;
  return `  ${severity}, ${FINDING_STATUS[status]}: ${place}${cutText(description, SHOWN_TEXT)}${why}`;
}
