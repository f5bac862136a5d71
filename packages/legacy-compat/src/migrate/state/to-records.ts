import { type ModeName, sha256, toNanoUsd } from '@jarvis/core';
import type { Accepted, RunRecord } from '@jarvis/loops';

import type { OldCall, OldMemory, OldRun } from './old-run.ts';
import { toStageRecords } from './to-stage-records.ts';

/** A record to be written, and the moment it is about. */
export interface DatedDraft {
  readonly type: RunRecord['type'];
  readonly data: unknown;
  readonly atMs: number;
}

/** The dialect imported runs are marked with: nobody goes on with them. */
const IMPORTED = 'legacy-import@1';

/** The step that holds what was imported. */
export const IMPORT_STEP = 'legacy.imported';

const MODES: Readonly<Record<string, ModeName>> = {
  '2loop': 'SIMPLE_2LOOP',
  '3loop': 'LEGACY_3LOOP',
  '3loop_legacy': 'LEGACY_3LOOP',
  phase3: 'PHASE3',
};

const DONE: readonly string[] = ['approved', 'completed', 'success'];

/** Where an imported run belongs, and what it depends on. */
export interface ImportPlace {
  readonly workspace: string;
  readonly nowMs: number;
  readonly pins: Accepted['pins'];
}

/** The records of a run that was carried out by the predecessor. */
export function toRecords(run: OldRun, { workspace, nowMs, pins }: ImportPlace): readonly DatedDraft[] {
  const known = [...run.moments, ...run.calls.flatMap(({ atMs }) => atMs ?? [])];
  const startMs = known.reduce((first, ms) => Math.min(first, ms), known[0] ?? nowMs);
  const endMs = known.reduce((last, ms) => Math.max(last, ms), startMs);
  const accepted: Accepted = {
    task: run.task ?? `A run of the predecessor: ${run.oldId}`,
    mode: MODES[run.mode ?? ''] ?? (run.stages.length > 0 ? 'PHASE3' : 'SIMPLE_2LOOP'),
    dialect: IMPORTED,
    release: 'legacy',
    workspace,
    isSimulated: false,
    config: {},
    commits: { type: 'off', reason: 'the run was imported' },
    pins,
  };
  const imported = {
    actionId: 'import',
    stepId: 'import',
    ordinal: 1,
    name: IMPORT_STEP,
    key: {},
    result: run,
  };
  return [
    { type: 'run.accepted', data: accepted, atMs: startMs },
    { type: 'step.finished', data: imported, atMs: startMs },
    ...run.calls.flatMap((call, index) => toCallRecords(call, index, startMs)),
    ...toRoundRecords(run, endMs),
    ...toStageRecords(run, endMs),
    { type: 'run.ended', data: toEnd(run), atMs: endMs },
  ];
}

const ROLES: readonly string[] = ['manager', 'supervisor', 'employee'];

function toCallRecords(call: OldCall, index: number, startMs: number): readonly DatedDraft[] {
  const { model, inputTokens, outputTokens, usd, atMs = startMs } = call;
  const role = ROLES.includes(call.role) ? call.role : 'manager';
  const facts = {
    attemptId: `import-${String(index + 1)}`,
    stepId: `import-${String(index + 1)}`,
    model,
    role,
  };
  const bookedNanoUsd = toNanoUsd(Math.max(0, usd));
  const usage = { inputTokens, cachedInputTokens: 0, outputTokens };
  const opened = { ...facts, number: 1, reservedNanoUsd: bookedNanoUsd, outputLimit: outputTokens };
  return [
    { type: 'attempt.opened', data: opened, atMs },
    { type: 'attempt.closed', data: { ...facts, ending: { type: 'settled', bookedNanoUsd, usage } }, atMs },
  ];
}

/** Rounds of a run log, and the work on stages as their memories tell it. */
function toRoundRecords({ rounds, memories }: OldRun, atMs: number): readonly DatedDraft[] {
  const told = [
    ...rounds.map(({ status }) => ({ summary: 'The work of the round', status })),
    ...memories.map((memory) => ({ summary: describeMemory(memory), status: undefined })),
  ];
  return told.flatMap(({ summary, status }, index) => {
    const round = index + 1;
    const actionId = `import-${String(round)}`;
    const close = (result: object): DatedDraft => ({
      type: 'action.closed',
      data: { actionId, result },
      atMs,
    });
    const review = { isApproved: status === 'approved', feedback: [], word: status };
    return [
      { type: 'action.opened', data: { actionId, action: { type: 'work', round } }, atMs },
      close({ type: 'worked', round, summary, files: [], base: sha256('') }),
      ...(status === undefined ? [] : [close({ type: 'reviewed', round, review })]),
    ];
  });
}

function describeMemory({
  stageId,
  stageName,
  summary,
  iterations,
  findings,
  finalStatus,
}: OldMemory): string {
  const name = stageName === '' ? stageId : stageName;
  const said = summary === '' ? `${name}: ${finalStatus === '' ? 'not finished' : finalStatus}` : summary;
  return `${said} (${String(iterations)} cycles, ${String(findings)} findings)`;
}

function toEnd({ finalStatus = '', oldId, notes }: OldRun): object {
  const isDone = DONE.includes(finalStatus);
  const word = finalStatus === '' ? 'no status' : finalStatus;
  const more = notes.length === 0 ? '' : ` ${notes.map((note) => `Note: ${note}.`).join(' ')}`;
  return {
    status: isDone ? 'done' : 'partial',
    reason: isDone ? 'completed' : 'nothing_left',
    message: `Imported from the predecessor, which called it ${word} (${oldId}).${more}`,
  };
}
