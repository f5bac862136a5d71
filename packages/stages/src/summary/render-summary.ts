import { renderUsd } from '@jarvis/core';

import type { ChangedFile, StageSummary } from './summarize-stage.ts';

/** A summary as a few lines for people. */
export function renderSummary(summary: StageSummary): string {
  const { stageId, state, files, findings, escalations } = summary;
  const settled = findings.verified + findings.accepted;
  return [
    `${stageId}: ${state}, ${renderUsd(summary.costNanoUsd)}, ${renderDuration(summary.durationMs)}`,
    `${countOf(summary.audits, 'audit')}, ${countOf(summary.fixCycles, 'fix cycle')}, ${countOf(summary.reopenings, 'reopening')}`,
    ...(escalations.length === 0
      ? []
      : [`tried: ${escalations.map((step) => step.replaceAll('_', ' ')).join(', ')}`]),
    `${countOf(settled, 'finding')} settled (${String(findings.accepted)} accepted), ${String(summary.unsettled)} left`,
    ...files.map(renderFile),
  ].join('\n');
}

function renderFile({ path, change, added, removed }: ChangedFile): string {
  return `  ${path} ${change} +${String(added)} -${String(removed)}`;
}

function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function renderDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
