import { toUsd } from '@jarvis/core';
import type { RoadmapStage, StageStatus } from '@jarvis/roadmap';
import {
  type Escalation,
  newStage,
  type Reopening,
  type StageSnapshot,
  type StageState,
  type TrackedFinding,
  unsettledFindings,
} from '@jarvis/stages';

import type { RunRecord } from '../engine/run-records.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { listWrittenFiles } from './run-result.ts';

/** A stage of a run: what was planned, what became of it, and what is left. */
export interface StageView {
  readonly id: string;
  readonly name: string;
  readonly goal: string;
  readonly planSteps: readonly string[];
  readonly requirements: readonly string[];
  readonly dependsOn: readonly string[];
  readonly status: StageStatus;
  /** Where inside the stage the work is; left out where nothing has happened in it. */
  readonly state?: StageState;
  /** Why it has its status, in the words of whoever gave it. */
  readonly note?: string;
  /** How often it was worked on. */
  readonly cycles: number;
  readonly audits: number;
  readonly findings: readonly TrackedFinding[];
  /** Errors and warnings that are neither verified nor accepted. */
  readonly findingsLeft: number;
  readonly reopenings: readonly Reopening[];
  readonly escalations: readonly Escalation[];
  /** What its work has written and not deleted again. */
  readonly files: readonly string[];
  /** What was said of the last work on it. */
  readonly summary?: string;
  /** What is booked and set aside for it, in US dollars. */
  readonly costUsd: number;
}

/** The stages of the roadmap as it stands, in its order. */
export function projectStages(state: RunState, records: readonly RunRecord[]): readonly StageView[] {
  const costs = sumCosts(records);
  return (state.roadmap?.stages ?? []).map((stage) => ({
    ...toStageView(state, stage),
    costUsd: toUsd(costs.get(stage.id) ?? 0),
  }));
}

function toStageView(state: RunState, planned: RoadmapStage): Omit<StageView, 'costUsd'> {
  const { id, brief, dependsOn, status, note } = planned;
  const rounds = state.rounds.filter((round) => isOf(round, id, state));
  const summary = rounds.at(-1)?.work?.summary;
  return {
    id,
    ...brief,
    dependsOn,
    status,
    ...(note === undefined ? {} : { note }),
    cycles: rounds.length,
    ...toInside(state.stages.get(id) ?? newStage),
    files: listWrittenFiles(rounds),
    ...(summary === undefined ? {} : { summary }),
  };
}

/** What each stage has cost, in billionths of a dollar; a call whose fate is not known counts with what is set aside. */
function sumCosts(records: readonly RunRecord[]): ReadonlyMap<string, number> {
  const attempts = new Map<string, { readonly stage: string; readonly nanoUsd: number }>();
  for (const record of records) {
    if (record.type === 'attempt.opened' && record.data.stage !== undefined) {
      const { attemptId, stage, reservedNanoUsd } = record.data;
      attempts.set(attemptId, { stage, nanoUsd: reservedNanoUsd });
    } else if (record.type === 'attempt.closed') {
      const { attemptId, ending } = record.data;
      const { stage } = attempts.get(attemptId) ?? {};
      if (stage !== undefined) attempts.set(attemptId, { stage, nanoUsd: ending.bookedNanoUsd });
    }
  }
  const sums = new Map<string, number>();
  for (const { stage, nanoUsd } of attempts.values()) sums.set(stage, (sums.get(stage) ?? 0) + nanoUsd);
  return sums;
}

/** In a mode without stages every round is one of the one stage there is. */
function isOf(round: Round, stageId: string, { roadmap }: RunState): boolean {
  return round.stage === stageId || (round.stage === undefined && roadmap?.stages.length === 1);
}

type Inside = Pick<
  StageView,
  'state' | 'audits' | 'findings' | 'findingsLeft' | 'reopenings' | 'escalations'
>;

function toInside({ state, rounds, findings, reopenings, escalations }: StageSnapshot): Inside {
  return {
    ...(state === 'idle' ? {} : { state }),
    audits: rounds.length,
    findings,
    findingsLeft: unsettledFindings(findings).length,
    reopenings,
    escalations,
  };
}
