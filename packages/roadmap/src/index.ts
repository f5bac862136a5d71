// the roadmap
export { createRoadmap } from './create-roadmap.ts';
export { planStages } from './plan-stages.ts';
export { roadmapProgress } from './progress.ts';
export { findStage, readyStages, requireStage } from './queries.ts';
export { RoadmapManager } from './roadmap-manager.ts';
export { newStageSchema, stageStatusSchema } from './roadmap-stage.ts';
export type { RoadmapProblem } from './invariants.ts';
export type { RoadmapProgress } from './progress.ts';
export type { NewStage, RoadmapStage, StageStatus } from './roadmap-stage.ts';
export type { RoadmapRules } from './roadmap-rules.ts';
export type { Roadmap } from './roadmap.ts';

// changing it
export { applyMutation } from './mutation/apply-mutation.ts';
export { roadmapMutationSchema } from './mutation/mutation.ts';
export { parseRoadmapChange, parseRoadmapMutation, roadmapChangeSchema } from './mutation/roadmap-change.ts';
export type { AddStage } from './mutation/add-stage.ts';
export type { MutationOutcome } from './mutation/apply-mutation.ts';
export type { BlockStage } from './mutation/block-stage.ts';
export type { CompleteStage } from './mutation/complete-stage.ts';
export type { DropStage } from './mutation/drop-stage.ts';
export type { MergedStage, MergeStages } from './mutation/merge-stages.ts';
export type { RoadmapMutation } from './mutation/mutation.ts';
export type { PostponeStage } from './mutation/postpone-stage.ts';
export type { ReopenStage } from './mutation/reopen-stage.ts';
export type { ReorderStages } from './mutation/reorder-stages.ts';
export type { RoadmapChange } from './mutation/roadmap-change.ts';
export type { SkipStage } from './mutation/skip-stage.ts';
export type { SplitStage } from './mutation/split-stage.ts';
export type { Divided, StagePart } from './mutation/stage-part.ts';
export type { StartStage } from './mutation/start-stage.ts';

// how it came about
export { applyDiff } from './history/apply-diff.ts';
export { diffVersions } from './history/diff-versions.ts';
export { renderDiff } from './history/render-diff.ts';
export { replayMutations } from './history/replay-mutations.ts';
export type { PlacedStage, RoadmapDiff, StageChange } from './history/diff-versions.ts';
export type { HistoryEntry } from './history/history.ts';

// showing it
export { renderRoadmapJson } from './render/json.ts';
export { renderRoadmapMermaid } from './render/mermaid.ts';
export { renderRoadmapText } from './render/text.ts';

// errors
export {
  DiffMismatchError,
  HistoryGapError,
  InvalidMutationError,
  InvalidOrderError,
  InvalidRoadmapChangeError,
  InvalidRoadmapError,
  RoadmapVersionConflictError,
  SkippedDependencyError,
  UnknownStageError,
  UnknownVersionError,
  UnmetDependencyError,
} from './errors.ts';
export {
  InvalidDivisionError,
  InvalidMergeError,
  NeededStageError,
  RoadmapChurnError,
  RoadmapClosedError,
  RoadmapLimitError,
} from './restructure-errors.ts';
export type { DividedList, DivisionProblem } from './restructure-errors.ts';
export type { OrderProblems } from './errors.ts';
