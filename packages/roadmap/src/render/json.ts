import { roadmapProgress } from '../progress.ts';
import { readyStages } from '../queries.ts';
import type { Roadmap } from '../roadmap.ts';

/**
 * Renders a roadmap as JSON for other programs: the roadmap itself, how far it has come, and which stages may start,
 * the next one first.
 */
export function renderRoadmapJson(roadmap: Roadmap): string {
  const ready = readyStages(roadmap).map(({ id }) => id);

  return JSON.stringify({ format: 1, ...roadmap, progress: roadmapProgress(roadmap), ready }, undefined, 2);
}
