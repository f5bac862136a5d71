import { escapeUnsafe } from '../escape-unsafe.ts';
import { roadmapProgress } from '../progress.ts';
import type { RoadmapStage, StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

const MARKS: Readonly<Record<StageStatus, string>> = {
  pending: '[ ]',
  active: '[>]',
  completed: '[x]',
  skipped: '[-]',
  reopened: '[~]',
  blocked: '[!]',
  pending_retry: '[?]',
};

/**
 * Renders a roadmap for a terminal or a prompt: a line of progress, then a line for each stage, without colours.
 *
 * Control characters in names and notes are shown escaped, never sent on.
 */
export function renderRoadmapText(roadmap: Roadmap): string {
  const { total, finished } = roadmapProgress(roadmap);
  const title = `Roadmap version ${String(roadmap.version)}: ${String(finished)} of ${String(total)} ${total === 1 ? 'stage' : 'stages'} finished`;
  const width = Math.max(...roadmap.stages.map(({ id }) => id.length));

  return [title, ...roadmap.stages.map((stage) => renderStage(stage, width))].join('\n');
}

function renderStage({ id, brief, dependsOn, status, note }: RoadmapStage, width: number): string {
  const line = `${MARKS[status]} ${id.padEnd(width)}  ${escapeUnsafe(brief.name)} (${status})`;
  const after = dependsOn.length > 0 ? ` after ${dependsOn.join(', ')}` : '';

  return `${line}${after}${note === undefined ? '' : `: ${escapeUnsafe(note)}`}`;
}
