// the roadmap
export { createRoadmap } from './create-roadmap.ts';
export { roadmapProgress } from './progress.ts';
export { findStage, readyStages, requireStage } from './queries.ts';
export { RoadmapManager } from './roadmap-manager.ts';
export { newStageSchema, stageStatusSchema } from './roadmap-stage.ts';
export type { RoadmapProblem } from './invariants.ts';
export type { RoadmapProgress } from './progress.ts';
export type { NewStage, RoadmapStage, StageStatus } from './roadmap-stage.ts';
export type { Roadmap } from './roadmap.ts';

// changing it
export { applyMutation } from './mutation/apply-mutation.ts';
export { roadmapMutationSchema } from './mutation/mutation.ts';
export { parseRoadmapChange, roadmapChangeSchema } from './mutation/roadmap-change.ts';
export type { AddStage } from './mutation/add-stage.ts';
export type { MutationOutcome } from './mutation/apply-mutation.ts';
export type { BlockStage } from './mutation/block-stage.ts';
export type { CompleteStage } from './mutation/complete-stage.ts';
export type { RoadmapMutation } from './mutation/mutation.ts';
export type { PostponeStage } from './mutation/postpone-stage.ts';
export type { ReopenStage } from './mutation/reopen-stage.ts';
export type { ReorderStages } from './mutation/reorder-stages.ts';
export type { RoadmapChange } from './mutation/roadmap-change.ts';
export type { SkipStage } from './mutation/skip-stage.ts';
export type { StartStage } from './mutation/start-stage.ts';

// how it came about
export { replayMutations } from './history/replay-mutations.ts';
export type { HistoryEntry } from './history/history.ts';

// showing it
export { renderRoadmapText } from './render/text.ts';

// errors
export {
  HistoryGapError,
  InvalidMutationError,
  InvalidOrderError,
  InvalidRoadmapChangeError,
  InvalidRoadmapError,
  RoadmapVersionConflictError,
  SkippedDependencyError,
  UnknownStageError,
  UnmetDependencyError,
} from './errors.ts';
export type { OrderProblems } from './errors.ts';
