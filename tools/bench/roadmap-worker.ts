import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { RoadmapManager } from '@jarvis/roadmap';
import { z } from 'zod';

import { buildRoadmap, listChanges } from './roadmap-world.ts';

const orderSchema = z.object({ stages: z.int().positive(), versions: z.int().positive() });

/** What a process that holds many versions is told, as JSON in its first argument. */
export type RoadmapOrder = z.infer<typeof orderSchema>;

/** Holds many versions of a roadmap and prints what the heap has grown by: for the changes, and for all. */
function hold({ stages, versions }: RoadmapOrder): void {
  const manager = new RoadmapManager(buildRoadmap(stages));
  const emptyBytes = measureHeap();
  const changes = listChanges(stages, versions);
  const changeBytes = measureHeap() - emptyBytes;
  changes.forEach((change) => manager.apply(change));
  const bytes = measureHeap() - emptyBytes;
  if (manager.at(versions).version !== versions) throw new Error('a version is missing');
  process.stdout.write(JSON.stringify({ bytes, changeBytes, changes: changes.length }));
}

function measureHeap(): number {
  setFlagsFromString('--expose-gc');
  // Once does not reach what finalizers let go.
  runInNewContext('gc(); gc();');
  return process.memoryUsage().heapUsed;
}

hold(orderSchema.parse(JSON.parse(process.argv[2] ?? '')));
