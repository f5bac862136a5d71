import { isEqualJson } from './is-equal-json.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** What is different between two versions of a roadmap; its size grows with what is different. */
export interface RoadmapDiff {
  readonly from: number;
  readonly to: number;
  readonly removed: readonly RoadmapStage[];
  /** Lowest position first. */
  readonly added: readonly PlacedStage[];
  readonly changed: readonly StageChange[];
  /** Every stage id in its new order; left out when the stages that are in both stand in the same order. */
  readonly order?: readonly string[];
  /** What the later version says beside its number and its stages. */
  readonly rest: Omit<Roadmap, 'version' | 'stages'>;
}

/** A stage that is new, with its position in the later version, from 0. */
export interface PlacedStage {
  readonly at: number;
  readonly stage: RoadmapStage;
}

/** One stage in both versions. */
export interface StageChange {
  readonly before: RoadmapStage;
  readonly after: RoadmapStage;
}

/**
 * What must happen to one version to get another; use it to show what changed. Either may be the earlier one, so the
 * way back is the difference the other way round.
 */
export function diffVersions(from: Roadmap, to: Roadmap): RoadmapDiff {
  const before = new Map(from.stages.map((stage) => [stage.id, stage]));
  const after = new Map(to.stages.map((stage) => [stage.id, stage]));
  const { version, stages, ...rest } = to;
  const removed = from.stages.filter(({ id }) => !after.has(id));
  const added = stages.flatMap((stage, at) => (before.has(stage.id) ? [] : [{ at, stage }]));

  return {
    from: from.version,
    to: version,
    removed,
    added,
    changed: stages.flatMap((stage) => listChange(before.get(stage.id), stage)),
    ...(isSameOrder(from.stages, stages, { before, after }) ? {} : { order: stages.map(({ id }) => id) }),
    rest,
  };
}

function listChange(before: RoadmapStage | undefined, after: RoadmapStage): readonly StageChange[] {
  return before === undefined || isEqualJson(before, after) ? [] : [{ before, after }];
}

type Stages = readonly RoadmapStage[];
type ById = ReadonlyMap<string, RoadmapStage>;

function isSameOrder(
  from: Stages,
  to: Stages,
  { before, after }: { readonly before: ById; readonly after: ById },
): boolean {
  const kept = from.filter(({ id }) => after.has(id));
  const found = to.filter(({ id }) => before.has(id));

  return kept.every(({ id }, index) => found[index]?.id === id);
}
