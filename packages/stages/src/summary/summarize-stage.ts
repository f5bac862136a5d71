import type { NanoUsd } from '@jarvis/core';

import type { LadderStep } from '../cycle/ladder.ts';
import type { StageSnapshot } from '../evolve-stage.ts';
import { unsettledFindings } from '../findings/finding-life.ts';
import type { FindingStatus } from '../findings/finding-life.ts';
import type { StageState } from '../machine/stage-state.ts';
import { countLines } from './count-lines.ts';
import type { LineCount } from './count-lines.ts';

/** What a stage cannot know of itself. */
export interface SummaryFacts {
  /** The files it has changed, before it began and now; `null` where there was or is none. */
  readonly files: readonly TextChange[];
  readonly costNanoUsd: NanoUsd;
  readonly durationMs: number;
}

/** A file before and after, as text. */
export interface TextChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What became of a file, in lines. */
export interface ChangedFile extends LineCount {
  readonly path: string;
  readonly change: 'created' | 'changed' | 'deleted';
}

/** A stage in figures. */
export interface StageSummary {
  readonly stageId: string;
  readonly state: StageState;
  /** Sorted by path; a file that is as it was before is left out. */
  readonly files: readonly ChangedFile[];
  readonly audits: number;
  /** Audits after which something was left to do. */
  readonly fixCycles: number;
  readonly reopenings: number;
  readonly escalations: readonly LadderStep[];
  readonly findings: Readonly<Record<FindingStatus, number>>;
  /** Errors and warnings that are neither verified nor accepted. */
  readonly unsettled: number;
  readonly costNanoUsd: NanoUsd;
  readonly durationMs: number;
}

/** Sums a stage up, for a report or for what is kept of it. */
export function summarizeStage(stageId: string, stage: StageSnapshot, facts: SummaryFacts): StageSummary {
  const findings = { open: 0, fixed: 0, verified: 0, accepted: 0, reopened: 0 };
  for (const { status } of stage.findings) findings[status] += 1;

  return {
    stageId,
    state: stage.state,
    files: facts.files
      .filter(({ before, after }) => before !== after)
      .map(toChangedFile)
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
    audits: stage.rounds.length,
    fixCycles: stage.rounds.filter(({ fingerprints }) => fingerprints.length > 0).length,
    reopenings: stage.reopenings.length,
    escalations: stage.escalations.map(({ step }) => step),
    findings,
    unsettled: unsettledFindings(stage.findings).length,
    costNanoUsd: facts.costNanoUsd,
    durationMs: facts.durationMs,
  };
}

function toChangedFile({ path, before, after }: TextChange): ChangedFile {
  const change = before === null ? 'created' : after === null ? 'deleted' : 'changed';
  return { path, change, ...countLines(before, after) };
}
