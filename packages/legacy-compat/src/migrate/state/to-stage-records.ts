import { sha256 } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';

import type { OldRun, OldStage } from './old-run.ts';
import type { DatedDraft } from './to-records.ts';

type RoadmapMutation = Extract<RunRecord, { type: 'roadmap.changed' }>['data']['change']['mutation'];

/** What happens to a stage on its way to the status it had: on the roadmap, or inside it. */
type Happening =
  | { readonly mutation: RoadmapMutation }
  | { readonly stageId: string; readonly event: Readonly<Record<string, unknown>> };

/** The roadmap of an old run, each stage brought to the status it had. */
export function toStageRecords({ stages }: OldRun, atMs: number): readonly DatedDraft[] {
  if (stages.length === 0) return [];
  const drafts = stages.map((stage, index) => toDraft(stage, index, stages));
  const split = { type: 'split', split: { stages: drafts } };
  const happenings = stages.flatMap((stage, index) => listHappenings(stage, toId(index)));
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

function toId(index: number): string {
  return `old-${String(index + 1)}`;
}

function toDraft({ name, categories, planSteps }: OldStage, index: number, all: readonly OldStage[]): object {
  const fold = (text: string) => text.normalize('NFC').toLowerCase();
  const isTaken = all.some((other, place) => place !== index && fold(other.name) === fold(name));
  return {
    id: toId(index),
    name: isTaken ? `${name} (${String(index + 1)})` : name,
    goal: name,
    categories: categories.filter((category) => category.trim() !== ''),
    planSteps: planSteps.filter((step) => Number.isInteger(step) && step >= 0),
    requirements: [],
    dependsOn: [],
  };
}

function listHappenings({ status, regressionSource }: OldStage, stageId: string): readonly Happening[] {
  const because = regressionSource === null ? 'It was reopened' : `Reopened because of ${regressionSource}`;
  switch (status) {
    case 'pending':
      return [];
    case 'active':
      return [toBlock(stageId, 'It was being worked on when the run ended')];
    case 'completed':
      return toCompletion(stageId);
    case 'skipped':
      return [{ mutation: { type: 'skip', stageId, reason: 'It was skipped' } }];
    case 'reopened':
      return [...toCompletion(stageId), { mutation: { type: 'reopen', stageId, reason: because } }];
    default:
      return [toBlock(stageId, `The predecessor called it ${status === '' ? 'nothing' : status}`)];
  }
}

function toBlock(stageId: string, reason: string): Happening {
  return { mutation: { type: 'block', stageId, reason } };
}

/** A stage is completed from the inside. What its content was nobody knows any more: the hash stands for the import. */
function toCompletion(stageId: string): readonly Happening[] {
  const contentHash = sha256(`imported ${stageId}`);
  const note = 'The predecessor completed it; its findings are told with the work on it';
  return [
    { mutation: { type: 'start', stageId } },
    { stageId, event: { type: 'deliver', contentHash } },
    { stageId, event: { type: 'audit', contentHash, findings: [] } },
    { mutation: { type: 'complete', stageId, note } },
  ];
}
