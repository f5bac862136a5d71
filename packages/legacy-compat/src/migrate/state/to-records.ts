import { type ModeName, sha256, toNanoUsd } from '@jarvis/core';
import type { Accepted, RunRecord } from '@jarvis/loops';

import { MOST_STAGES } from './limits.ts';
import type { OldFinding } from './old-finding.ts';
import type { OldCall, OldMemory, OldRun } from './old-run.ts';
import { toStageId, toStageRecords } from './to-stage-records.ts';

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

function findMode(name = ''): ModeName | undefined {
  return Object.hasOwn(MODES, name) ? MODES[name] : undefined;
}

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
    mode: findMode(run.mode) ?? (run.stages.length > 0 ? 'PHASE3' : 'SIMPLE_2LOOP'),
    dialect: IMPORTED,
    release: 'legacy',
    workspace,
    isSimulated: false,
    isImported: true,
    // A roadmap of the predecessor may have more stages than a run has by default.
    config: { loop: { maxStages: MOST_STAGES } },
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
    ...(run.calls.length > 0 ? run.calls : run.sums).flatMap((call, index) =>
      toCallRecords(call, index, startMs),
    ),
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
function toRoundRecords(run: OldRun, atMs: number): readonly DatedDraft[] {
  const rounds = listRounds(run);
  const after = rounds.at(-1)?.number ?? 0;
  return [
    ...rounds.flatMap((round) => toRound({ ...round, summary: 'The work of the round' }, atMs)),
    ...run.memories.flatMap((memory, index) => {
      const place = run.stages.findIndex(({ id }) => id === memory.stageId);
      const stage = place === -1 ? {} : { stage: toStageId(place) };
      return toRound({ number: after + index + 1, summary: describeMemory(memory, place), ...stage }, atMs);
    }),
  ];
}

/** The rounds a log tells the end of, and those it only tells the files of. */
function listRounds({ rounds, written }: OldRun): readonly Omit<ToldRound, 'summary'>[] {
  const pathsOf = (number: number) => written.find(({ round }) => round === number)?.paths ?? [];
  const unended = written.filter(({ round }) => rounds.every(({ number }) => number !== round));
  return [
    ...rounds.map((round) => ({ ...round, paths: pathsOf(round.number) })),
    ...unended.map(({ round, paths }) => ({ number: round, paths })),
  ].sort((one, other) => one.number - other.number);
}

interface ToldRound {
  readonly number: number;
  readonly summary: string;
  readonly status?: string;
  readonly stage?: string;
  readonly paths?: readonly string[];
}

function toRound(told: ToldRound, atMs: number): readonly DatedDraft[] {
  const { number: round, summary, status, stage, paths = [] } = told;
  const actionId = `import-${String(round)}`;
  const close = (result: object): DatedDraft => ({
    type: 'action.closed',
    data: { actionId, result },
    atMs,
  });
  const action = { type: 'work', round, ...(stage === undefined ? {} : { stage }) };
  const review = { isApproved: status === 'approved', feedback: [], word: status };
  return [
    { type: 'action.opened', data: { actionId, action }, atMs },
    close({ type: 'worked', round, summary, files: [], base: sha256('') }),
    ...(paths.length === 0 ? [] : [close({ type: 'applied', round, paths })]),
    ...(status === undefined ? [] : [close({ type: 'reviewed', round, review })]),
  ];
}

/** What was found in a stage the roadmap does not have is told with the work: it has no other place. */
function describeMemory(memory: OldMemory, place: number): string {
  const { stageId, stageName, summary, iterations, findings, finalStatus } = memory;
  const name = stageName === '' ? stageId : stageName;
  const said = summary === '' ? `${name}: ${finalStatus === '' ? 'not finished' : finalStatus}` : summary;
  const found = place === -1 ? findings.map(describeFinding) : [];
  const told = found.length === 0 ? '' : `: ${found.join('; ')}`;
  return `${said} (${String(iterations)} cycles, ${String(findings.length)} findings${told})`;
}

function describeFinding({ severity, description }: OldFinding): string {
  return severity === '' ? description : `[${severity}] ${description}`;
}

function toEnd({ finalStatus = '', oldId, notes }: OldRun): object {
  const isDone = DONE.includes(finalStatus);
  const said = finalStatus === '' ? 'gave it no status' : `called it ${finalStatus}`;
  const more = notes.length === 0 ? '' : ` ${notes.map((note) => `Note: ${note}.`).join(' ')}`;
  return {
    status: isDone ? 'done' : 'partial',
    reason: isDone ? 'completed' : 'nothing_left',
    message: `Imported from the predecessor, which ${said} (${oldId}).${more}`,
  };
}
