import type { RoadmapProblem } from './invariants.ts';
import type { RoadmapRules } from './roadmap-rules.ts';
import type { RoadmapStage } from './roadmap-stage.ts';

type Named = Pick<RoadmapStage, 'id' | 'brief'>;

/** Names that nobody could tell apart when they are spoken of. */
export function listNameProblems(stages: readonly Named[]): readonly RoadmapProblem[] {
  const firstByName = new Map<string, Named>();

  return stages.flatMap((stage) => {
    const key = stage.brief.name.toLowerCase();
    const first = firstByName.get(key) ?? stage;
    firstByName.set(key, first);

    return first.id === stage.id ? [] : [similarNames(stage, first)];
  });
}

/** Whether a stage that is about to come in is called like one that is there. */
export function listNewNameProblems(
  added: readonly Named[],
  kept: readonly Named[],
): readonly RoadmapProblem[] {
  const byName = new Map(added.map((stage) => [stage.brief.name.toLowerCase(), stage]));
  const lengths = new Set([...byName.keys()].map((name) => name.length));
  const similar: Named[] = [];
  for (const other of kept) {
    const { name } = other.brief;
    // Most names differ in length, and asking that first is much cheaper.
    if (lengths.has(name.length) && byName.has(name.toLowerCase())) similar.push(other);
  }
  const taken = similar.flatMap((other) => {
    const stage = byName.get(other.brief.name.toLowerCase());
    return stage === undefined || stage.id === other.id ? [] : [similarNames(stage, other)];
  });

  return [...listNameProblems(added), ...taken];
}

/** Which of a stage's categories the rules do not allow. */
export function listCategoryProblems(
  { id: stageId, categories = [] }: Pick<RoadmapStage, 'id' | 'categories'>,
  { categories: allowed }: RoadmapRules,
): readonly RoadmapProblem[] {
  return allowed === undefined
    ? []
    : categories
        .filter((category) => !allowed.includes(category))
        .map((category) => ({ type: 'unknown_category', stageId, category, allowed }));
}

function similarNames(stage: Named, other: Named): RoadmapProblem {
  return { type: 'similar_name', stageId: stage.id, otherId: other.id, name: stage.brief.name };
}
