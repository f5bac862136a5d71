import type { OldRun } from './old-run.ts';

/** The roadmap of a run in the shape of the old `get_roadmap_summary`. */
export interface RoadmapSummary {
  readonly run_id: string;
  readonly version: number;
  readonly mutations: number;
  readonly active_stage_id: string | null;
  readonly total_stages: number;
  readonly completed_stages: number;
  readonly stages: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly audit_count: number;
    readonly categories: readonly string[];
    readonly plan_steps: readonly number[];
    readonly regression_source: string | null;
  }[];
}

/** What the predecessor told of a roadmap. */
export function toRoadmapSummary({
  oldId,
  roadmapVersion,
  mutations,
  activeStageId,
  stages,
}: OldRun): RoadmapSummary {
  return {
    run_id: oldId,
    version: roadmapVersion,
    mutations,
    active_stage_id: activeStageId,
    total_stages: stages.length,
    completed_stages: stages.filter(({ status }) => status === 'completed').length,
    stages: stages.map(({ id, name, status, auditCount, categories, planSteps, regressionSource }) => ({
      id,
      name,
      status,
      audit_count: auditCount,
      categories,
      plan_steps: planSteps,
      regression_source: regressionSource,
    })),
  };
}
