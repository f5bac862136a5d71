import type { StageBrief } from '@jarvis/core';

import { toCycleLimits } from './cycle/cycle-limits.ts';
import type { CycleLimits } from './cycle/cycle-limits.ts';
import { decideCycle } from './cycle/decide-cycle.ts';
import type { CycleDecision } from './cycle/decide-cycle.ts';
import { decideReopen } from './cycle/decide-reopen.ts';
import type { ReopenDecision } from './cycle/decide-reopen.ts';
import { deriveVerdict } from './cycle/derive-verdict.ts';
import type { Verdict } from './cycle/derive-verdict.ts';
import { detectNoProgress } from './cycle/detect-no-progress.ts';
import type { NoProgress } from './cycle/detect-no-progress.ts';
import type { LadderPurse } from './cycle/ladder.ts';
import { UnknownStageError } from './errors.ts';
import { evolveStage, newStage } from './evolve-stage.ts';
import type { StageSnapshot } from './evolve-stage.ts';
import type { AuditReport } from './findings/audit-report.ts';
import type { EvidenceGround } from './findings/evidence.ts';
import { unsettledFindings } from './findings/finding-life.ts';
import type { TrackedFinding } from './findings/finding-life.ts';
import { findingsToAnswer, resolveAudit } from './findings/resolve-audit.ts';
import type { ResolvedAudit } from './findings/resolve-audit.ts';
import { gatesAround } from './gates/stage-gates.ts';
import type { StageGate, StageGateRule, StageMoment } from './gates/stage-gates.ts';
import { stageKinds } from './gates/stage-kinds.ts';
import type { StageCategory } from './gates/stage-kinds.ts';
import type { StageEvent } from './machine/stage-event.ts';
import { carryOver } from './memory/carry-over.ts';
import type { CarryOver, CarryOverRequest } from './memory/carry-over.ts';
import { toStageMemory } from './memory/stage-memory.ts';
import type { StageMemory } from './memory/stage-memory.ts';
import type { StageEdit } from './regression/attribute-change.ts';
import { blastRadius } from './regression/blast-radius.ts';
import type { BlastRadius } from './regression/blast-radius.ts';
import { detectRegression } from './regression/detect-regression.ts';
import type { Regression, RegressionFacts } from './regression/detect-regression.ts';
import { guaranteesOf, guaranteesTouched } from './regression/guarantee.ts';
import type { Guarantee } from './regression/guarantee.ts';
import { summarizeStage } from './summary/summarize-stage.ts';
import type { StageSummary, SummaryFacts } from './summary/summarize-stage.ts';

/** Something that happened to a stage. The records of a run, in their order, are all a {@link StageManager} needs. */
export interface StageRecord {
  readonly stageId: string;
  readonly event: StageEvent;
}

/** What a {@link StageManager} goes by. */
export interface StageManagerOptions {
  /** Default: {@link defaultCycleLimits}. */
  readonly limits?: Partial<CycleLimits>;
  /** When to ask around a stage. Default: never. */
  readonly gates?: readonly StageGateRule[];
  /** Default: {@link defaultStageCategories}. */
  readonly categories?: readonly StageCategory[];
}

/**
 * Holds the stages of a run as their records left them, and answers what comes next, what was found, what is known and
 * what was broken. Every answer is one of the pure functions of this package; keeping the records is the caller's part.
 *
 * @example
 * ```ts
 * const stages = new StageManager({ limits: { maxAudits: 3 } });
 * stages.record({ stageId: 'layout', event: { type: 'start' } });
 * stages.record({ stageId: 'layout', event: { type: 'deliver', contentHash: 'a1' } });
 * stages.decide('layout', purse); // { type: 'check', … }
 * ```
 */
export class StageManager {
  readonly #limits: CycleLimits;
  readonly #options: StageManagerOptions;
  readonly #stages = new Map<string, StageSnapshot>();
  readonly #edits: StageEdit[] = [];

  /** @throws {@link InvalidLimitError} when a limit is not a whole number or too small. */
  constructor(options: StageManagerOptions = {}) {
    this.#options = options;
    this.#limits = toCycleLimits(options.limits ?? {});
  }

  /**
   * The stages as their records left them.
   *
   * @throws the errors of {@link evolveStage}.
   */
  static replay(records: Iterable<StageRecord>, options: StageManagerOptions = {}): StageManager {
    const manager = new StageManager(options);
    for (const record of records) manager.record(record);
    return manager;
  }

  /** The stages about which something was recorded, the first one first. */
  get stageIds(): readonly string[] {
    return [...this.#stages.keys()];
  }

  /**
   * Takes note of something that happened. An event that is refused leaves everything as it was.
   *
   * @throws the errors of {@link evolveStage}.
   */
  record({ stageId, event }: StageRecord): StageSnapshot {
    const stage = evolveStage(this.#stages.get(stageId) ?? newStage, event);
    this.#stages.set(stageId, stage);
    if (event.type === 'deliver') {
      for (const edit of event.edits ?? []) this.#edits.push({ stageId, ...edit });
    }
    return stage;
  }

  /**
   * The whole stage as plain data.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  stage(stageId: string): StageSnapshot {
    const stage = this.#stages.get(stageId);
    if (stage === undefined) throw new UnknownStageError({ stageId, known: this.stageIds });
    return stage;
  }

  /** What comes next; a stage about which nothing was recorded is to be begun. See {@link decideCycle}. */
  decide(stageId: string, purse: LadderPurse): CycleDecision {
    return decideCycle(this.#stages.get(stageId) ?? newStage, this.#limits, purse);
  }

  /**
   * The findings that keep the stage from being completed.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  unsettled(stageId: string): readonly TrackedFinding[] {
    return unsettledFindings(this.stage(stageId).findings);
  }

  /**
   * The findings the next auditor has to answer for, by fingerprint.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  findingsToAnswer(stageId: string): readonly TrackedFinding[] {
    return findingsToAnswer(this.stage(stageId));
  }

  /**
   * What the unsettled findings add up to.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  verdict(stageId: string): Verdict {
    return deriveVerdict(this.unsettled(stageId).map(({ finding }) => finding));
  }

  /**
   * Turns the report of an auditor into the event to record. See {@link resolveAudit}.
   *
   * @throws {@link StaleAuditError} when the report is about other content than what was delivered last.
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  resolveAudit(
    stageId: string,
    report: AuditReport,
    ground: Omit<EvidenceGround, 'failedChecks'>,
  ): ResolvedAudit {
    return resolveAudit(this.stage(stageId), report, ground);
  }

  /**
   * Whether the stage goes in circles since it was opened last.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  detectNoProgress(stageId: string): NoProgress | undefined {
    const { rounds, pastRounds } = this.stage(stageId);
    return detectNoProgress(rounds.slice(pastRounds), this.#limits.noProgress);
  }

  /**
   * Whether a later stage may reopen this one. See {@link decideReopen}.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  decideReopen(stageId: string): ReopenDecision {
    return decideReopen(this.stage(stageId), this.#limits);
  }

  /** What the completed stages guarantee. */
  guarantees(): readonly Guarantee[] {
    return [...this.#stages].flatMap(([stageId, stage]) => guaranteesOf(stageId, stage));
  }

  /** The guarantees of other stages about files that this one has changed: their checks have to run again. */
  guaranteesTouched(stageId: string, changedFiles: Iterable<string>): readonly Guarantee[] {
    return guaranteesTouched(this.guarantees(), changedFiles).filter((each) => each.stageId !== stageId);
  }

  /** Which completed stages were broken. See {@link detectRegression}. */
  detectRegression(facts: Omit<RegressionFacts, 'edits'>): readonly Regression[] {
    return detectRegression({ ...facts, edits: this.#edits });
  }

  /**
   * What has to be verified again now that a reopened stage has changed these files. See {@link blastRadius}.
   *
   * @param roadmap all stages, in their order.
   */
  blastRadius(
    reopened: { readonly stageId: string; readonly changedFiles: readonly string[] },
    roadmap: readonly { readonly stageId: string; readonly dependsOn: readonly string[] }[],
  ): BlastRadius {
    const reaches = roadmap.map(({ stageId, dependsOn }) => {
      const edits = this.#stages.get(stageId)?.edits ?? [];
      return { stageId, dependsOn, files: [...new Set(edits.map(({ path }) => path))] };
    });
    return blastRadius(reopened, reaches, this.guarantees());
  }

  /**
   * What a stage knows.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  memory(stageId: string): StageMemory {
    return toStageMemory(stageId, this.stage(stageId));
  }

  /** What a stage is told of itself and of the others, within a budget. See {@link carryOver}. */
  carryOver(request: CarryOverRequest): CarryOver {
    const memories = [...this.#stages].map(([stageId, stage]) => toStageMemory(stageId, stage));
    return carryOver(memories, request);
  }

  /**
   * A stage in figures.
   *
   * @throws {@link UnknownStageError} when nothing was recorded about it.
   */
  summarize(stageId: string, facts: SummaryFacts): StageSummary {
    return summarizeStage(stageId, this.stage(stageId), facts);
  }

  /** The gates that are asked for at this moment of a stage. See {@link gatesAround}. */
  gates(moment: StageMoment, brief: StageBrief): readonly StageGate[] {
    return gatesAround(this.#options.gates ?? [], moment, stageKinds(brief, this.#options.categories));
  }
}
