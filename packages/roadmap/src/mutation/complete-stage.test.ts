import { expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';
import type { RoadmapMutation } from './mutation.ts';

it('adds what holds now to what held before, through as many repairs as there are', () => {
  const stageId = 'shop';
  const mutations: readonly RoadmapMutation[] = [
    { type: 'start', stageId },
    { type: 'complete', stageId, guarantees: ['html'], summary: 's1' },
    { type: 'reopen', stageId, reason: 'broken' },
    { type: 'start', stageId },
    { type: 'complete', stageId, guarantees: ['links', 'html'], summary: 's2' },
    { type: 'reopen', stageId, reason: 'again' },
    { type: 'block', stageId, reason: 'no price' },
  ];

  const last = mutations.reduce<Roadmap>(
    (roadmap, mutation) => applyMutation(roadmap, changeOf(mutation)).roadmap,
    createRoadmap([plan(stageId)]),
  );

  expect(last.stages[0]).toMatchObject({
    status: 'blocked',
    guarantees: ['html', 'links'],
    summaries: ['s1', 's2'],
  });
});
