import { JarvisError } from '@jarvis/core';

import { quoteText } from './escape-unsafe.ts';
import type { RoadmapProblem } from './invariants.ts';
import { listIds, listProblems } from './list-ids.ts';
import type { RoadmapMutation } from './mutation/mutation.ts';
import type { StageStatus } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/** Stages do not make a roadmap: every problem that was found is in `problems`. */
export class InvalidRoadmapError extends JarvisError<'JARVIS_ROADMAP_INVALID'> {
  readonly code = 'JARVIS_ROADMAP_INVALID';
  readonly problems: readonly RoadmapProblem[];

  constructor({ problems }: { readonly problems: readonly RoadmapProblem[] }) {
    const sentences = listProblems(problems.map(describeProblem));
    super(`The stages do not make a roadmap: ${sentences}. Correct the stages and try again.`);
    this.problems = problems;
  }
}

/** A mutation names a stage that the roadmap does not have. */
export class UnknownStageError extends JarvisError<'JARVIS_ROADMAP_UNKNOWN_STAGE'> {
  readonly code = 'JARVIS_ROADMAP_UNKNOWN_STAGE';
  readonly stageId: string;
  readonly known: readonly string[];

  constructor({ stageId, known }: { readonly stageId: string; readonly known: readonly string[] }) {
    super(`The roadmap has no stage ${quoteText(stageId)}. Use one of its stages: ${listIds(known)}.`);
    this.stageId = stageId;
    this.known = known;
  }
}

/** A mutation is not allowed for a stage in its present status. */
export class InvalidMutationError extends JarvisError<'JARVIS_ROADMAP_INVALID_MUTATION'> {
  readonly code = 'JARVIS_ROADMAP_INVALID_MUTATION';
  readonly mutation: RoadmapMutation['type'];
  readonly stageId: string;
  readonly status: StageStatus;
  readonly allowed: readonly StageStatus[];

  constructor({ mutation, stageId, status, allowed }: InvalidMutationFacts) {
    super(
      `Stage ${quoteText(stageId)} is ${status}, so ${mutation} is not possible: ${mutation} needs a stage that is ` +
        `${allowed.join(' or ')}. Look at the current roadmap and change the stage's status first.`,
    );
    this.mutation = mutation;
    this.stageId = stageId;
    this.status = status;
    this.allowed = allowed;
  }
}

interface InvalidMutationFacts {
  readonly mutation: RoadmapMutation['type'];
  readonly stageId: string;
  readonly status: StageStatus;
  readonly allowed: readonly StageStatus[];
}

/** A stage cannot start while a stage that it depends on is not completed. */
export class UnmetDependencyError extends JarvisError<'JARVIS_ROADMAP_UNMET_DEPENDENCY'> {
  readonly code = 'JARVIS_ROADMAP_UNMET_DEPENDENCY';
  readonly stageId: string;
  readonly unmet: readonly string[];

  constructor({ stageId, unmet }: { readonly stageId: string; readonly unmet: readonly string[] }) {
    super(
      `Stage ${quoteText(stageId)} cannot start: it depends on ${listIds(unmet)}, not yet completed. Complete them first.`,
    );
    this.stageId = stageId;
    this.unmet = unmet;
  }
}

/** A change would leave a stage waiting for a skipped one, which would never let it start. */
export class SkippedDependencyError extends JarvisError<'JARVIS_ROADMAP_SKIPPED_DEPENDENCY'> {
  readonly code = 'JARVIS_ROADMAP_SKIPPED_DEPENDENCY';
  readonly skipped: readonly string[];
  readonly dependents: readonly string[];

  constructor({
    skipped,
    dependents,
  }: {
    readonly skipped: readonly string[];
    readonly dependents: readonly string[];
  }) {
    super(
      `${listIds(dependents)} would depend on ${listIds(skipped)}, which is skipped, and could never start. ` +
        'Skip a stage after those that depend on it; add or reopen a stage after those that it depends on.',
    );
    this.skipped = skipped;
    this.dependents = dependents;
  }
}

/** A new order does not name each stage once, or puts a stage before one that it depends on. */
export class InvalidOrderError extends JarvisError<'JARVIS_ROADMAP_INVALID_ORDER'> {
  readonly code = 'JARVIS_ROADMAP_INVALID_ORDER';
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly repeated: readonly string[];
  readonly tooEarly: readonly string[];

  constructor({ missing, unknown, repeated, tooEarly }: OrderProblems) {
    const parts = [
      ...(missing.length > 0 ? [`missing: ${listIds(missing)}`] : []),
      ...(unknown.length > 0 ? [`unknown: ${listIds(unknown)}`] : []),
      ...(repeated.length > 0 ? [`named twice: ${listIds(repeated)}`] : []),
      ...(tooEarly.length > 0 ? [`before a stage they depend on: ${listIds(tooEarly)}`] : []),
    ];
    super(
      `The new order cannot be used (${parts.join('; ')}). Name every stage once, each after its dependencies.`,
    );
    this.missing = missing;
    this.unknown = unknown;
    this.repeated = repeated;
    this.tooEarly = tooEarly;
  }
}

/** What keeps a list of stage ids from being an order; a list is empty when that problem does not occur. */
export interface OrderProblems {
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly repeated: readonly string[];
  readonly tooEarly: readonly string[];
}

/** Somebody else changed the roadmap since the author of this change looked at it. */
export class RoadmapVersionConflictError extends JarvisError<'JARVIS_ROADMAP_VERSION_CONFLICT'> {
  readonly code = 'JARVIS_ROADMAP_VERSION_CONFLICT';
  readonly expectedVersion: number;
  readonly currentVersion: number;
  /** The roadmap as it is now, to decide again. */
  readonly current: Roadmap;

  constructor({ expectedVersion, current }: { readonly expectedVersion: number; readonly current: Roadmap }) {
    const currentVersion = current.version;
    super(
      `The change was made for version ${String(expectedVersion)} of the roadmap, but the roadmap is at version ` +
        `${String(currentVersion)}. Read the current version and decide again.`,
    );
    this.expectedVersion = expectedVersion;
    this.currentVersion = currentVersion;
    this.current = current;
  }
}

/** What came from outside is not a change: each problem names its field. */
export class InvalidRoadmapChangeError extends JarvisError<'JARVIS_ROADMAP_INVALID_CHANGE'> {
  readonly code = 'JARVIS_ROADMAP_INVALID_CHANGE';
  readonly problems: readonly string[];

  constructor({ problems }: { readonly problems: readonly string[] }) {
    super(`This is not a roadmap change: ${listProblems(problems)}. Correct these fields and send it again.`);
    this.problems = problems;
  }
}

/** A difference belongs to another roadmap: these stages are not what it says they were. */
export class DiffMismatchError extends JarvisError<'JARVIS_ROADMAP_DIFF_MISMATCH'> {
  readonly code = 'JARVIS_ROADMAP_DIFF_MISMATCH';
  readonly stageIds: readonly string[];

  constructor({ stageIds }: { readonly stageIds: readonly string[] }) {
    super(
      `The difference does not fit this roadmap: ${listIds(stageIds)} is not what it says. ` +
        'Apply it to the version that it was made from.',
    );
    this.stageIds = stageIds;
  }
}

/** A version is asked for that a roadmap has not reached yet, or that lies before the first one it knows. */
export class UnknownVersionError extends JarvisError<'JARVIS_ROADMAP_UNKNOWN_VERSION'> {
  readonly code = 'JARVIS_ROADMAP_UNKNOWN_VERSION';
  readonly version: number;
  readonly first: number;
  readonly last: number;

  constructor({ version, first, last }: VersionFacts) {
    const known =
      first === last ? `the only one, ${String(last)}` : `one from ${String(first)} to ${String(last)}`;
    super(`There is no version ${String(version)} of the roadmap. Use ${known}.`);
    this.version = version;
    this.first = first;
    this.last = last;
  }
}

interface VersionFacts {
  readonly version: number;
  readonly first: number;
  readonly last: number;
}

/** A history does not belong to the roadmap it is replayed on: a version is missing or out of order. */
export class HistoryGapError extends JarvisError<'JARVIS_ROADMAP_HISTORY_GAP'> {
  readonly code = 'JARVIS_ROADMAP_HISTORY_GAP';
  readonly changeId: string;
  readonly entryVersion: number;
  readonly nextVersion: number;

  constructor({ changeId, entryVersion, nextVersion }: HistoryGapFacts) {
    super(
      `Change ${quoteText(changeId)} made version ${String(entryVersion)}, but the next version here is ${String(nextVersion)}. ` +
        'Replay the whole history, in order, on the roadmap it began with.',
    );
    this.changeId = changeId;
    this.entryVersion = entryVersion;
    this.nextVersion = nextVersion;
  }
}

interface HistoryGapFacts {
  readonly changeId: string;
  readonly entryVersion: number;
  readonly nextVersion: number;
}

function describeProblem(problem: RoadmapProblem): string {
  switch (problem.type) {
    case 'empty':
      return 'there is no stage';
    case 'invalid_id':
      return `${quoteText(problem.stageId)} is not an id (lower-case letters, digits, inner hyphens, at most 64)`;
    case 'duplicate_id':
      return `the id ${quoteText(problem.stageId)} is used more than once`;
    case 'unknown_dependency':
      return `${quoteText(problem.stageId)} depends on ${quoteText(problem.dependency)}, which does not exist`;
    case 'self_dependency':
      return `${quoteText(problem.stageId)} depends on itself`;
    case 'cycle':
      return `dependencies go round in a circle: ${problem.stageIds.join(' → ')}`;
    case 'similar_name':
      return `the names of ${quoteText(problem.stageId)} and ${quoteText(problem.otherId)} differ in upper and lower case at most (${quoteText(problem.name)})`;
    case 'unknown_category':
      return `${quoteText(problem.stageId)} has the category ${quoteText(problem.category)}; allowed: ${listIds(problem.allowed)}`;
  }
}
