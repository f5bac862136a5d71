import assert from 'node:assert/strict';
import { createRoadmap, readyStages, renderRoadmapText, RoadmapManager } from '@jarvis/roadmap';

const brief = (name: string) => ({ name, goal: `${name} works`, planSteps: [], requirements: [] });
const plan = createRoadmap([
  { id: 'shop', brief: brief('Shop') },
  { id: 'checkout', brief: brief('Checkout'), dependsOn: ['shop'] },
]);
const roadmap = new RoadmapManager(plan);
const by = { author: 'manager', at: '2026-03-01T09:00:00Z' };
roadmap.apply({ ...by, id: 'c1', mutation: { type: 'start', stageId: 'shop' } });
roadmap.apply({ ...by, id: 'c2', mutation: { type: 'complete', stageId: 'shop' }, expectedVersion: 2 });
assert.equal(readyStages(roadmap.current)[0]?.id, 'checkout');
assert.match(renderRoadmapText(roadmap.current), /version 3: 1 of 2 stages finished/);
