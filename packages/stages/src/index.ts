// one stage
export { evolveStage, newStage } from './evolve-stage.ts';
export { StageManager } from './stage-manager.ts';
export type { StageSnapshot } from './evolve-stage.ts';

// its states
export { parseStageEvent, stageEventSchema } from './machine/stage-event.ts';
export { stageStateSchema } from './machine/stage-state.ts';
export { allowedEvents, transition } from './machine/transition.ts';
export type { StageEvent } from './machine/stage-event.ts';
export type { StageState } from './machine/stage-state.ts';

// its findings
export { advanceFinding, unsettledFindings } from './findings/finding-life.ts';
export { findingFingerprint } from './findings/fingerprint.ts';
export { trackFindings } from './findings/track-findings.ts';
export type { FindingEvent, FindingStatus, TrackedFinding } from './findings/finding-life.ts';

// its progress
export { deriveVerdict } from './cycle/derive-verdict.ts';
export { detectNoProgress } from './cycle/detect-no-progress.ts';
export type { Verdict } from './cycle/derive-verdict.ts';
export type { AuditRound, NoProgress, NoProgressLimits } from './cycle/detect-no-progress.ts';

// errors
export {
  InvalidFindingTransitionError,
  InvalidLimitError,
  InvalidStageEventError,
  InvalidStageTransitionError,
  OpenFindingsError,
  StaleAuditError,
} from './errors.ts';
