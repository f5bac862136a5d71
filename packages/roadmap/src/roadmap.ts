import type { RoadmapRules } from './roadmap-rules.ts';
import type { RoadmapStage } from './roadmap-stage.ts';

/**
 * The plan of a run in one version: which stages there are, in which order, and how each of them stands.
 *
 * A roadmap is never changed; {@link applyMutation} gives the next version, which shares every stage it did not touch.
 */
export interface Roadmap {
  /** Starts at 1 and grows by one with each change. */
  readonly version: number;
  readonly stages: readonly RoadmapStage[];
  /** How many merges and splits there were since a stage was last completed; left out when there were none. */
  readonly restructured?: number;
  /** What later changes are held to, as it was given to {@link createRoadmap}; left out when nothing was. */
  readonly rules?: RoadmapRules;
}
