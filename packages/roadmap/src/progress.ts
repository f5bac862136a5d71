import type { StageStatus } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/** How far a roadmap has come. */
export interface RoadmapProgress {
  readonly total: number;
  /** Completed and skipped stages: nothing more will be done about them. */
  readonly finished: number;
  /** `finished / total`, from 0 to 1. */
  readonly ratio: number;
  readonly byStatus: Readonly<Record<StageStatus, number>>;
}

/** Counts the stages of a roadmap by status; use it for a progress line or to see whether everything is finished. */
export function roadmapProgress(roadmap: Roadmap): RoadmapProgress {
  const byStatus = countByStatus(roadmap);
  const total = roadmap.stages.length;
  const finished = byStatus.completed + byStatus.skipped;

  return { total, finished, ratio: finished / total, byStatus };
}

function countByStatus(roadmap: Roadmap): Record<StageStatus, number> {
  const counts = {
    pending: 0,
    active: 0,
    completed: 0,
    skipped: 0,
    reopened: 0,
    blocked: 0,
    pending_retry: 0,
  };
  for (const { status } of roadmap.stages) {
    counts[status] += 1;
  }
  return counts;
}
