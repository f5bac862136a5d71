import { RoadmapLimitError } from './restructure-errors.ts';
import type { RoadmapStage } from './roadmap-stage.ts';

/** What every version of a roadmap is held to; it is part of the roadmap, so that a replay decides the same. */
export interface RoadmapRules {
  /** Default: 1,000 stages. */
  readonly maxStages?: number;
  /** Default: 10,000 plan steps in all stages together. */
  readonly maxPlanSteps?: number;
  /** The categories a stage may have. Default: any. */
  readonly categories?: readonly string[];
}

const MAX_STAGES = 1_000;
const MAX_PLAN_STEPS = 10_000;

/** How many merges and splits are allowed without a stage being completed. */
export const MAX_RESTRUCTURES = 20;

type Planned = Pick<RoadmapStage, 'brief'>;

/**
 * Refuses a roadmap that is too large.
 *
 * @throws {@link RoadmapLimitError}
 */
export function assertWithinLimits(stages: readonly Planned[], rules: RoadmapRules = {}): void {
  const { maxStages = MAX_STAGES, maxPlanSteps = MAX_PLAN_STEPS } = rules;
  refuseBeyond('maxStages', stages.length, maxStages);
  refuseBeyond(
    'maxPlanSteps',
    stages.reduce((sum, { brief }) => sum + brief.planSteps.length, 0),
    maxPlanSteps,
  );
}

function refuseBeyond(limit: 'maxStages' | 'maxPlanSteps', wanted: number, allowed: number): void {
  if (wanted > allowed) {
    throw new RoadmapLimitError({ limit, wanted, allowed });
  }
}
