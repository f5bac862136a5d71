// the orchestrator
export { JarvisOrchestrator } from './orchestrator/jarvis-orchestrator.ts';
export type {
  JarvisOrchestratorOptions,
  ResumeInput,
  RunInput,
} from './orchestrator/orchestrator-options.ts';
export { OrchestratorMode } from './orchestrator/mode.ts';
export { availableModes } from './orchestrator/mode-registry.ts';
export type { PreviewedModel, RunPreview } from './orchestrator/preview-run.ts';
export { pruneRuns } from './orchestrator/prune-runs.ts';
export type { PruneOptions } from './orchestrator/prune-runs.ts';
export type { GateVerdict } from './orchestrator/decide-gate-of-run.ts';
export type { ForkWish } from './orchestrator/fork-run.ts';
export type { Cancellation } from './orchestrator/cancel-run.ts';
export type { PostedRoadmapChange, RoadmapWish } from './orchestrator/change-roadmap.ts';
export { readPostedChanges } from './engine/people-changes.ts';
export type { PeopleMutation } from './engine/people-changes.ts';
export { RoadmapFixedError } from './roadmap-errors.ts';
export type { ResumeOptions } from './orchestrator/run-driver.ts';
export type { CostStatement, RunResult } from './view/run-result.ts';

// what a run consists of
export type { Action, ActionResult, DeliveredFile } from './engine/action.ts';
export { amendmentSchema } from './engine/amendment.ts';
export type { Amendment } from './engine/amendment.ts';
export { parseRunRecord } from './engine/run-records.ts';
export type { Accepted, RunRecord, RunRecordType, Stop } from './engine/run-records.ts';
export type { Round } from './engine/run-state.ts';
export type { StopReason } from './engine/stop-reason.ts';

// reading runs
export { describeMutation } from './agents/describe-mutation.ts';
export { measureAgents } from './agents/measure-agents.ts';
export type { AgentTimes } from './agents/measure-agents.ts';
export { describePosted } from './view/describe-posted.ts';
export { describeRecord } from './view/describe-record.ts';
export { describeUncommitted } from './view/describe-uncommitted.ts';
export { countTries } from './engine/turns.ts';
export { projectRoadmap } from './view/project-roadmap.ts';
export type { RoadmapVersion, WholeRoadmapVersion } from './view/project-roadmap.ts';
export { projectRun } from './view/project-run.ts';
export type { MessageView, RunView, TimelineEntry } from './view/project-run.ts';
export type { SnapshotView } from './view/project-snapshots.ts';
export type { StageView } from './view/project-stages.ts';
export { readAccepted, readRun, readRunRecords, RunReader } from './view/read-run.ts';

// what earlier runs have come to
export { OrchestratorMemory } from './memory/orchestrator-memory.ts';
export type { MemoryContext, MemoryOptions } from './memory/orchestrator-memory.ts';

// bringing files back
export { SnapshotNotFoundError } from './snapshots/errors.ts';
export { listSnapshots } from './snapshots/list-snapshots.ts';
export type { Snapshot } from './snapshots/list-snapshots.ts';
export type { RestoredSnapshot, RestoreOptions } from './snapshots/restore-snapshot.ts';

// what runs cost
export { isRunCost, readCostHistory } from './cost/cost-history.ts';
export type { CostHistory, CostHistoryLine, RunCost } from './cost/cost-history.ts';
export { estimateRun } from './cost/estimate-run.ts';
export type { EstimateInput, RunEstimate } from './cost/estimate-run.ts';
export { renderEstimate } from './cost/render-estimate.ts';
export { createSpendingWatch } from './cost/spending-watch.ts';

// agents and dialects
export { planSchema, reviewSchema, workSchema } from './agents/agent-reply.ts';
export type { ClarifyReply, Plan, Review, Work } from './agents/agent-reply.ts';
export type { AuditReply } from './agents/audit-reply.ts';
export { stageIdOf } from './agents/split-reply.ts';
export type { SplitReply, StageDraft } from './agents/split-reply.ts';
export { AgentCoordinator } from './agents/agent-coordinator.ts';
export type { AgentCoordinatorOptions, AskedQuestion, RoutedModel } from './agents/agent-coordinator.ts';
export type {
  AuditBrief,
  ClarifyBrief,
  Dialect,
  DialectPolicies,
  OutputTokens,
  PlanBrief,
  Purpose,
  Question,
  ReviewBrief,
  RoundSummary,
  SplitBrief,
  StageBrief,
  WorkBrief,
} from './dialect/dialect.ts';
export { builtInPrompts } from './prompts/prompt-catalog.ts';
export type { LeftOutFiles } from './actions/show-files.ts';
export { modernDialect } from './dialect/modern-dialect.ts';
export { simulatedTeam } from './simulation/simulated-team.ts';

// errors
export {
  AdapterMissingError,
  answerProblems,
  CallInDoubtError,
  CrashLoopError,
  InvalidRecordError,
  InvalidTaskError,
  ModeUnavailableError,
  RunCancelledError,
  RunInterruptedError,
  ServerMismatchError,
  SimulationUnavailableError,
  SuspiciousTaskError,
  UnknownDialectError,
  UnknownRecordError,
  UnusableAnswerError,
} from './errors.ts';
export { GateDecisionError, GateExpiredError, GateRejectedError, GateWaitingError } from './gate-errors.ts';
export { RunOverError, UnsafeWordsError } from './steering-errors.ts';
export { UncommittedFilesError } from './uncommitted-error.ts';
