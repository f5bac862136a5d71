import { applyMutation, type Roadmap, RoadmapManager, type RoadmapMutation } from '@jarvis/roadmap';
import { z } from 'zod';

import type { Bench } from './bench.ts';
import { median } from './figures.ts';
import type { RoadmapOrder } from './roadmap-worker.ts';
import { buildRoadmap, listChanges } from './roadmap-world.ts';
import { outputOf, runWorker } from './run-process.ts';

/** How much is measured. */
export interface RoadmapSize {
  readonly stages: number;
  /** How often each kind of mutation is applied. */
  readonly repeats: number;
  /** How many versions are held in memory. */
  readonly versions: number;
}

const SIZE: RoadmapSize = { stages: 1_000, repeats: 2_000, versions: 10_000 };

/** What a change of a large roadmap takes, and what many versions of it take. */
export const roadmapBench: Bench = {
  name: 'roadmap',
  summary: 'mutations of 1,000 stages; to be had: 50 µs each, and 10,000 versions as large as their changes',
  run: () => measureRoadmap(SIZE),
};

const heldSchema = z.object({ bytes: z.number(), changeBytes: z.number() });

/** Times each kind of mutation, then the memory of many versions of two roadmaps, one ten times the other. */
export async function measureRoadmap(size: RoadmapSize): Promise<readonly string[]> {
  const roadmap = buildRoadmap(size.stages);
  const lines = listMutations(size.stages).map((mutation) => {
    const { middle, slow } = timeMutation(roadmap, mutation, size.repeats);
    return `${mutation.type.padEnd(8)} ${middle.toFixed(1)} µs, one in a hundred ${slow.toFixed(1)} µs or more`;
  });
  for (const stages of [Math.ceil(size.stages / 10), size.stages]) {
    const order: RoadmapOrder = { stages, versions: size.versions };
    const printed = outputOf(await runWorker('roadmap-worker.ts', order));
    const { bytes, changeBytes } = heldSchema.parse(JSON.parse(printed));
    const each = (figure: number) => Math.round(figure / size.versions).toLocaleString('en');
    lines.push(
      `${size.versions.toLocaleString('en')} versions of ${stages.toLocaleString('en')} stages: ${each(bytes)} bytes a version, ` +
        `${each(changeBytes)} of them the change`,
    );
  }
  return [...lines, timeLookingBack(size)];
}

/** Every kind that a planned roadmap allows, in its middle, where it is neither cheapest nor dearest. */
function listMutations(stages: number): readonly RoadmapMutation[] {
  const ids = Array.from({ length: stages }, (_, index) => `stage-${String(index)}`);
  const first = Math.floor(stages / 20) * 10;
  const [ready, stageId, next, last] = [0, 4, 5, 9].map((offset) => `stage-${String(first + offset)}`);
  if (ready === undefined || stageId === undefined || next === undefined || last === undefined) return [];
  const part = (id: string, step: number) => ({ id, name: `New ${id}`, goal: 'it works', planSteps: [step] });
  const fresh = { name: 'Something new', goal: 'it works', planSteps: [], requirements: [] };

  return [
    { type: 'start', stageId: ready },
    { type: 'block', stageId, reason: 'no answer' },
    { type: 'skip', stageId: last, reason: 'not wanted' },
    { type: 'add', stage: { id: 'new', brief: fresh, dependsOn: [last] } },
    { type: 'drop', stageId: last, reason: 'not wanted' },
    { type: 'split', stageId, into: [part('left', 0), part('right', 1)] },
    { type: 'merge', stageIds: [stageId, next], into: { id: 'both', name: 'Both', goal: 'they work' } },
    { type: 'reorder', stageIds: [...ids.slice(-10), ...ids.slice(0, -10)] },
  ];
}

function timeMutation(roadmap: Roadmap, mutation: RoadmapMutation, repeats: number) {
  const change = { id: 'c', author: 'bench', at: '2026-03-01T09:00:00Z', mutation };
  const tookUs = Array.from({ length: repeats }, () => {
    const startedMs = performance.now();
    applyMutation(roadmap, change);
    return (performance.now() - startedMs) * 1_000;
  });
  const slow = tookUs.toSorted((a, b) => b - a)[Math.floor(repeats / 100)] ?? Number.NaN;

  return { middle: median(tookUs), slow };
}

function timeLookingBack(size: RoadmapSize): string {
  const manager = new RoadmapManager(buildRoadmap(size.stages));
  listChanges(size.stages, size.versions).forEach((change) => manager.apply(change));
  const tookMs = Array.from({ length: 50 }, (_, index) => {
    const startedMs = performance.now();
    manager.at(1 + Math.floor((size.versions * index) / 50));
    return performance.now() - startedMs;
  });

  return `an earlier version: ${median(tookMs).toFixed(2)} ms, ${Math.max(...tookMs).toFixed(2)} ms at most`;
}
