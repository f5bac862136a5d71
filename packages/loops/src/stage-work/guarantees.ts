import type { Finding } from '@jarvis/core';
import { type Guarantee, guaranteesOf, type PassedCheck, type StageEdit } from '@jarvis/stages';

import { stageOf } from '../engine/stage-inside.ts';
import type { Round, RunState } from '../engine/run-state.ts';

/** What the completed stages guarantee, but for one of them. */
export function guaranteesBut(state: RunState, stageId: string | undefined): readonly Guarantee[] {
  return (state.roadmap?.stages ?? [])
    .filter(({ id, status }) => id !== stageId && status === 'completed')
    .flatMap(({ id }) => guaranteesOf(id, stageOf(state, id)));
}

/** The guarantees that do not hold any more: their check finds an error in a file they are about. */
export function brokenGuarantees(
  guarantees: readonly Guarantee[],
  findings: readonly Finding[],
): readonly Guarantee[] {
  return guarantees.filter((guarantee) => findings.some((finding) => breaks(finding, guarantee)));
}

/** Whether a finding is about what a guarantee says. */
export function breaks({ severity, source, file }: Finding, { check, files }: Guarantee): boolean {
  return severity === 'error' && source === check && files.some(({ path }) => path === file);
}

/** The checks that passed on files the stage of a round has made, file by file as they are now. */
export function passedChecks(state: RunState, { checks, stage }: Round): readonly PassedCheck[] {
  const own = new Set(state.rounds.filter((round) => round.stage === stage).flatMap(changedBy));
  const files = [...state.ownFiles].filter(([path]) => own.has(path)).map(([path, hash]) => ({ path, hash }));
  return (checks?.ran ?? []).map((check) => ({
    check,
    files: files.filter(({ path }) => !failsIn(checks?.findings ?? [], check, path)),
  }));
}

function failsIn(findings: readonly Finding[], check: string, path: string): boolean {
  return findings.some(
    ({ severity, source, file }) => severity === 'error' && source === check && file === path,
  );
}

/** Every change of a file, with the stage it was made for, oldest first. */
export function listEdits({ rounds }: RunState): readonly StageEdit[] {
  return rounds.flatMap(({ stage, apply }) =>
    stage !== undefined && apply?.type === 'applied'
      ? (apply.edits ?? []).map((edit) => ({ ...edit, stageId: stage }))
      : [],
  );
}

/** The files a round has written or deleted. */
export function changedBy({ apply }: Pick<Round, 'apply'>): readonly string[] {
  return apply?.type === 'applied' ? [...apply.paths, ...(apply.deleted ?? [])] : [];
}
