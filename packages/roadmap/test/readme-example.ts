import assert from 'node:assert/strict';
import { createRoadmap, diffVersions, planStages, renderDiff, RoadmapManager } from '@jarvis/roadmap';

const shop = { id: 'shop', name: 'Shop', goal: 'goods are sold', planSteps: [0, 1] };
const pay = { id: 'pay', name: 'Pay', goal: 'money comes in', planSteps: [2], dependsOn: ['shop'] };
const plan = { planSteps: ['list goods', 'fill a basket', 'take money'], requirements: ['fast'] };
const roadmap = new RoadmapManager(createRoadmap(planStages(plan, [shop, pay])));
const list = { id: 'list', name: 'List', goal: 'goods are seen', planSteps: [0] };
const basket = { id: 'basket', name: 'Basket', goal: 'goods are kept', planSteps: [1] };
const mutation = { type: 'split', stageId: 'shop', into: [list, basket] } as const;
const by = { author: 'manager', at: '2026-03-01T09:00:00Z', reason: 'too large' };
roadmap.apply({ ...by, id: 'c1', expectedVersion: 1, mutation });
const changed = renderDiff(diffVersions(roadmap.at(1), roadmap.current));
assert.match(changed, /- shop .*\+ list .*\+ basket .*~ pay .*waits for list, basket/su);
