import { sha256 } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';

import type { OldFinding } from './old-finding.ts';
import type { OldRun, OldStage } from './old-run.ts';
import { toAudits } from './to-audits.ts';
import type { DatedDraft } from './to-records.ts';

type RoadmapMutation = Extract<RunRecord, { type: 'roadmap.changed' }>['data']['change']['mutation'];

/** What happens to a stage on its way to the status it had: on the roadmap, or inside it. */
type Happening =
  | { readonly mutation: RoadmapMutation }
  | { readonly stageId: string; readonly event: Readonly<Record<string, unknown>> };

/** The roadmap of an old run, each stage brought to the status it had. */
export function toStageRecords({ stages, memories }: OldRun, atMs: number): readonly DatedDraft[] {
  if (stages.length === 0) return [];
  const names = toNames(stages);
  const drafts = stages.map((stage, index) => toDraft(stage, toStageId(index), names[index] ?? stage.name));
  const split = { type: 'split', split: { stages: drafts } };
  const happenings = stages.flatMap((stage, index) => {
    // Where two stages have one id, nobody knows which of them it was found in.
    const isFirst = stages.findIndex(({ id }) => id === stage.id) === index;
    const findings = memories.find(({ stageId }) => isFirst && stageId === stage.id)?.findings ?? [];
    return listHappenings(stage, toStageId(index), findings);
  });
  return [
    { type: 'action.closed', data: { actionId: 'import-split', result: split }, atMs },
    ...happenings.map((happening, index) => toRecord(happening, index, atMs)),
  ];
}

function toRecord(happening: Happening, index: number, atMs: number): DatedDraft {
  if ('event' in happening) return { type: 'stage.changed', data: happening, atMs };
  const { mutation } = happening;
  const change = {
    id: `import-${sha256(JSON.stringify([index, mutation])).slice(0, 16)}`,
    author: 'import',
    at: new Date(atMs).toISOString(),
    mutation,
  };
  return { type: 'roadmap.changed', data: { change }, atMs };
}

/** The id of the stage at that place of the old roadmap, from 0. */
export function toStageId(index: number): string {
  return `old-${String(index + 1)}`;
}

/** The names as they are; those several stages have, with their place behind them. */
function toNames(stages: readonly OldStage[]): readonly string[] {
  const fold = (text: string) => text.toLowerCase().normalize('NFC');
  const counts = new Map<string, number>();
  for (const { name } of stages) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
  const taken = new Set(counts.keys());
  return stages.map(({ name }, index) => {
    if (counts.get(fold(name)) === 1) return name;
    let shown = name;
    while (taken.has(fold(shown))) shown = `${shown} (${String(index + 1)})`;
    taken.add(fold(shown));
    return shown;
  });
}

function toDraft({ name: goal, categories, planSteps }: OldStage, id: string, name: string): object {
  return {
    id,
    name,
    goal,
    categories: categories.filter((category) => category.trim() !== ''),
    planSteps,
    requirements: [],
    dependsOn: [],
  };
}

function listHappenings(
  { status, regressionSource }: OldStage,
  stageId: string,
  findings: readonly OldFinding[],
): readonly Happening[] {
  const because = regressionSource === null ? 'It was reopened' : `Reopened because of ${regressionSource}`;
  const found = findings.length === 0 ? [] : [begin(stageId), ...listAudits(stageId, findings)];
  switch (status) {
    case 'pending':
      return found;
    case 'active':
      return [...found, toBlock(stageId, 'It was being worked on when the run ended')];
    case 'completed':
      return toCompletion(stageId, findings);
    case 'skipped':
      return [...found, { mutation: { type: 'skip', stageId, reason: 'It was skipped' } }];
    case 'reopened':
      return [...toCompletion(stageId, findings), { mutation: { type: 'reopen', stageId, reason: because } }];
    default:
      return [...found, toBlock(stageId, `The predecessor called it ${status === '' ? 'nothing' : status}`)];
  }
}

/** Only inside the stage: what the roadmap says about it is said for itself. */
function begin(stageId: string): Happening {
  return { stageId, event: { type: 'start' } };
}

function listAudits(stageId: string, findings: readonly OldFinding[]): readonly Happening[] {
  return toAudits(stageId, findings).map((event) => ({ stageId, event }));
}

function toBlock(stageId: string, reason: string): Happening {
  return { mutation: { type: 'block', stageId, reason } };
}

function toCompletion(stageId: string, findings: readonly OldFinding[]): readonly Happening[] {
  const note = findings.some(({ isResolved }) => isResolved !== true)
    ? 'The predecessor completed it and left this open'
    : 'The predecessor completed it';
  return [
    { mutation: { type: 'start', stageId } },
    ...listAudits(stageId, findings),
    { mutation: { type: 'complete', stageId, note } },
  ];
}
