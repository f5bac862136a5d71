import { JarvisError } from '@jarvis/core';

import { quoteText } from './escape-unsafe.ts';
import { listIds, listProblems } from './list-ids.ts';

/** A merge does not name two different stages or more. */
export class InvalidMergeError extends JarvisError<'JARVIS_ROADMAP_INVALID_MERGE'> {
  readonly code = 'JARVIS_ROADMAP_INVALID_MERGE';
  readonly stageIds: readonly string[];

  constructor({ stageIds }: { readonly stageIds: readonly string[] }) {
    const named = stageIds.length === 0 ? 'none' : listIds(stageIds);
    super(`A merge needs two different stages or more, each named once; stageIds names ${named}.`);
    this.stageIds = stageIds;
  }
}

/** One reason why a plan or a stage cannot be divided as was asked; positions count from 0, and from 1 in the message. */
export type DivisionProblem =
  | { readonly type: 'too_few'; readonly parts: number }
  | {
      readonly type: 'out_of_range';
      readonly partId: string;
      readonly list: DividedList;
      readonly position: number;
      readonly count: number;
    }
  | {
      readonly type: 'repeated';
      readonly partId: string;
      readonly list: DividedList;
      readonly position: number;
    }
  | {
      readonly type: 'lost';
      readonly list: DividedList;
      readonly position: number;
      readonly text: string;
    };

/** The lists of a brief that are divided among parts. */
export type DividedList = 'planSteps' | 'requirements';

/** Parts do not take over everything that is to be divided, or take what is not there. */
export class InvalidDivisionError extends JarvisError<'JARVIS_ROADMAP_INVALID_DIVISION'> {
  readonly code = 'JARVIS_ROADMAP_INVALID_DIVISION';
  readonly problems: readonly DivisionProblem[];
  /** The stage that was to be split; none when a plan was to be divided. */
  readonly stageId?: string;

  constructor({
    problems,
    stageId,
  }: {
    readonly problems: readonly DivisionProblem[];
    readonly stageId?: string;
  }) {
    const what = stageId === undefined ? 'The plan' : `Stage ${quoteText(stageId)}`;
    const sentences = listProblems(problems.map(describeDivisionProblem));
    super(
      `${what} cannot be divided like this (counted from 1): ${sentences}. Correct the parts and try again.`,
    );
    this.problems = problems;
    if (stageId !== undefined) this.stageId = stageId;
  }
}

/** A stage cannot be dropped while others depend on it. */
export class NeededStageError extends JarvisError<'JARVIS_ROADMAP_STAGE_NEEDED'> {
  readonly code = 'JARVIS_ROADMAP_STAGE_NEEDED';
  readonly stageId: string;
  readonly dependents: readonly string[];

  constructor({ stageId, dependents }: { readonly stageId: string; readonly dependents: readonly string[] }) {
    super(
      `Stage ${quoteText(stageId)} cannot be dropped, since ${listIds(dependents)} would depend on nothing. ` +
        'Drop those first, or merge them.',
    );
    this.stageId = stageId;
    this.dependents = dependents;
  }
}

/** A roadmap would become larger than its rules allow. */
export class RoadmapLimitError extends JarvisError<'JARVIS_ROADMAP_LIMIT'> {
  readonly code = 'JARVIS_ROADMAP_LIMIT';
  readonly limit: 'maxStages' | 'maxPlanSteps';
  readonly wanted: number;
  readonly allowed: number;

  constructor({ limit, wanted, allowed }: LimitFacts) {
    const what = limit === 'maxStages' ? 'stages' : 'plan steps';
    super(
      `The roadmap would have ${String(wanted)} ${what}, and ${limit} allows ${String(allowed)}. ` +
        'Plan in larger pieces, or raise the limit in the rules given to createRoadmap.',
    );
    this.limit = limit;
    this.wanted = wanted;
    this.allowed = allowed;
  }
}

interface LimitFacts {
  readonly limit: 'maxStages' | 'maxPlanSteps';
  readonly wanted: number;
  readonly allowed: number;
}

/** Stages are merged and split again and again, and none is completed. */
export class RoadmapChurnError extends JarvisError<'JARVIS_ROADMAP_CHURN'> {
  readonly code = 'JARVIS_ROADMAP_CHURN';
  readonly restructured: number;

  constructor({ restructured }: { readonly restructured: number }) {
    super(
      `Stages were merged or split ${String(restructured)} times and none was completed, so no further merge or split is ` +
        'allowed. Complete a stage first.',
    );
    this.restructured = restructured;
  }
}

/** The work on a roadmap is over, so it changes no more. */
export class RoadmapClosedError extends JarvisError<'JARVIS_ROADMAP_CLOSED'> {
  readonly code = 'JARVIS_ROADMAP_CLOSED';
  readonly reason: string;
  readonly changeId: string;

  constructor({ reason, changeId }: { readonly reason: string; readonly changeId: string }) {
    super(
      `Change ${quoteText(changeId)} comes too late: the roadmap is closed (${reason}). Begin a new roadmap to go on.`,
    );
    this.reason = reason;
    this.changeId = changeId;
  }
}

function describeDivisionProblem(problem: DivisionProblem): string {
  switch (problem.type) {
    case 'too_few':
      return `a stage is split into two parts or more, not ${String(problem.parts)}`;
    case 'out_of_range':
      return (
        `part ${quoteText(problem.partId)} takes ${describePosition(problem)}, ` +
        (problem.count === 0 ? 'but there are none' : `but there are 1 to ${String(problem.count)}`)
      );
    case 'repeated':
      return `part ${quoteText(problem.partId)} takes ${describePosition(problem)}, which is taken already`;
    case 'lost':
      return `no part takes ${describePosition(problem)} (${quoteText(problem.text)})`;
  }
}

/** People count from 1. */
function describePosition({
  list,
  position,
}: {
  readonly list: DividedList;
  readonly position: number;
}): string {
  return `${list === 'planSteps' ? 'plan step' : 'requirement'} ${String(position + 1)}`;
}
