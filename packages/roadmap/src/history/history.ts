import type { RoadmapChange } from '../mutation/roadmap-change.ts';

/** One line of a roadmap's history: which change made which version. It holds the change, not the roadmap. */
export interface HistoryEntry {
  /** The version that the change made. */
  readonly version: number;
  readonly change: RoadmapChange;
}
