// the stages of a run, and one stage
export { StageManager } from './stage-manager.ts';
export type { StageManagerOptions, StageRecord } from './stage-manager.ts';
export { evolveStage, newStage } from './evolve-stage.ts';
export type { Escalation, Reopening, StageCheck, StageSnapshot } from './evolve-stage.ts';

// its states
export { parseStageEvent, stageEventSchema } from './machine/stage-event.ts';
export { stageStateSchema } from './machine/stage-state.ts';
export { allowedEvents, transition } from './machine/transition.ts';
export type { StageEvent } from './machine/stage-event.ts';
export type { StageState } from './machine/stage-state.ts';

// its findings
export { auditReportSchema, parseAuditReport } from './findings/audit-report.ts';
export type { AuditAnswer, AuditReport } from './findings/audit-report.ts';
export { requireEvidence } from './findings/evidence.ts';
export type { Downgrade, EvidencedFindings, EvidenceGround } from './findings/evidence.ts';
export { advanceFinding, unsettledFindings } from './findings/finding-life.ts';
export type { FindingEvent, FindingStatus, TrackedFinding } from './findings/finding-life.ts';
export { findingFingerprint } from './findings/fingerprint.ts';
export { findingsToAnswer, resolveAudit } from './findings/resolve-audit.ts';
export type { ResolvedAudit } from './findings/resolve-audit.ts';
export { trackFindings } from './findings/track-findings.ts';

// its cycle and its progress
export { defaultCycleLimits } from './cycle/cycle-limits.ts';
export type { CycleLimits } from './cycle/cycle-limits.ts';
export { decideCycle } from './cycle/decide-cycle.ts';
export type { CycleDecision, CycleStep } from './cycle/decide-cycle.ts';
export { decideReopen } from './cycle/decide-reopen.ts';
export type { ReopenDecision } from './cycle/decide-reopen.ts';
export { deriveVerdict } from './cycle/derive-verdict.ts';
export type { Verdict } from './cycle/derive-verdict.ts';
export { detectNoProgress } from './cycle/detect-no-progress.ts';
export type { AuditRound, NoProgress, NoProgressLimits } from './cycle/detect-no-progress.ts';
export { climbLadder, ladderAllowance, ladderSteps } from './cycle/ladder.ts';
export type { Climb, LadderPurse, LadderStep, PaidLadderStep, SkippedStep } from './cycle/ladder.ts';

// its memory and its summary
export { carryOver } from './memory/carry-over.ts';
export type { CarriedEntry, CarryOver, CarryOverRequest } from './memory/carry-over.ts';
export { memoryEntrySchema } from './memory/memory-entry.ts';
export type { MemoryEntry } from './memory/memory-entry.ts';
export { toStageMemory } from './memory/stage-memory.ts';
export type { Iteration, StageMemory } from './memory/stage-memory.ts';
export { countLines } from './summary/count-lines.ts';
export type { LineCount } from './summary/count-lines.ts';
export { renderSummary } from './summary/render-summary.ts';
export { summarizeStage } from './summary/summarize-stage.ts';
export type { ChangedFile, StageSummary, SummaryFacts, TextChange } from './summary/summarize-stage.ts';

// what later stages break
export { attributeChange } from './regression/attribute-change.ts';
export type { Attribution, StageEdit } from './regression/attribute-change.ts';
export { blastRadius } from './regression/blast-radius.ts';
export type { BlastRadius, StageReach } from './regression/blast-radius.ts';
export { detectRegression } from './regression/detect-regression.ts';
export type { CompletedStage, Regression, RegressionFacts } from './regression/detect-regression.ts';
export type { FileEdit, FileVersion } from './regression/file-edit.ts';
export { guaranteesOf, guaranteesTouched } from './regression/guarantee.ts';
export type { Guarantee } from './regression/guarantee.ts';
export type { PassedCheck } from './regression/passed-check.ts';

// when somebody is asked
export { gatesAround, stageGateRuleSchema } from './gates/stage-gates.ts';
export type { StageGate, StageGateRule, StageMoment } from './gates/stage-gates.ts';
export { defaultStageCategories, stageKinds } from './gates/stage-kinds.ts';
export type { StageCategory } from './gates/stage-kinds.ts';

// errors
export {
  InvalidAuditReportError,
  InvalidFindingTransitionError,
  InvalidLimitError,
  InvalidStageEventError,
  InvalidStageTransitionError,
  OpenFindingsError,
  StaleAuditError,
  UnknownFindingError,
  UnknownStageError,
} from './errors.ts';
