import { escapeUnsafe } from '../escape-unsafe.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { RoadmapDiff, StageChange } from './diff-versions.ts';
import { isEqualJson } from './is-equal-json.ts';

/** Renders a difference for a terminal, a line for each stage: `+` new, `-` gone, `~` changed, and in what. */
export function renderDiff(diff: RoadmapDiff): string {
  const lines = [
    ...diff.removed.map((stage) => `- ${nameOf(stage)}`),
    ...diff.added.map(({ stage }) => `+ ${nameOf(stage)} (${stage.status})`),
    ...diff.changed.map(renderChange),
    ...(diff.order === undefined ? [] : [`order: ${diff.order.join(', ')}`]),
  ];
  const title = `Roadmap version ${String(diff.from)} → ${String(diff.to)}`;

  return lines.length === 0 ? `${title}: no stage differs` : [`${title}:`, ...lines].join('\n');
}

function nameOf({ id, brief }: RoadmapStage): string {
  return `${id}  ${escapeUnsafe(brief.name)}`;
}

function renderChange({ before, after }: StageChange): string {
  const status = before.status === after.status ? [] : [`${before.status} → ${after.status}`];
  const parts = [
    ...status,
    ...listLabels(before, after),
    ...(before.note === after.note || after.note === undefined ? [] : [`note: ${escapeUnsafe(after.note)}`]),
  ];

  return `~ ${nameOf(after)}: ${parts.length === 0 ? 'note removed' : parts.join('; ')}`;
}

function listLabels(before: RoadmapStage, after: RoadmapStage): readonly string[] {
  const labels = [
    ...(isEqualJson(before.brief, after.brief) ? [] : ['brief']),
    ...(isEqualJson(before.categories, after.categories) ? [] : ['categories']),
    ...(isEqualJson(before.guarantees, after.guarantees) ? [] : ['guarantees']),
    ...(isEqualJson(before.summaries, after.summaries) ? [] : ['summaries']),
  ];
  const waits = `waits for ${after.dependsOn.length === 0 ? 'nothing' : after.dependsOn.join(', ')}`;

  return [
    ...(isEqualJson(before.dependsOn, after.dependsOn) ? [] : [waits]),
    ...(labels.length === 0 ? [] : [`other ${labels.join(', ')}`]),
  ];
}
