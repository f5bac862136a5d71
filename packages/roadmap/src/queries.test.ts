import { describe, expect, it } from 'vitest';

import { plan } from '../test/planned-stages.ts';
import { createRoadmap } from './create-roadmap.ts';
import { findStage, readyStages, requireStage, withStage } from './queries.ts';
import { withStatus } from './roadmap-stage.ts';
import type { StageStatus } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

describe('findStage', () => {
  it('gives nothing for an id that the roadmap does not have', () => {
    const roadmap = createRoadmap([plan('a')]);

    expect(findStage(roadmap, 'a')?.id).toBe('a');
    expect(findStage(roadmap, 'b')).toBeUndefined();
  });
});

describe('requireStage', () => {
  it('names ten stages at most in its refusal', () => {
    const roadmap = createRoadmap(Array.from({ length: 12 }, (_, index) => plan(`s${String(index)}`)));

    expect(() => requireStage(roadmap, 'ghost')).toThrow('"s9" and 2 more');
  });
});

describe('readyStages', () => {
  it('gives reopened stages first, then pending, then postponed ones, each in the order of the roadmap', () => {
    const roadmap = withStatuses({
      a: 'pending_retry',
      b: 'pending',
      c: 'reopened',
      d: 'pending',
      e: 'reopened',
    });

    const ready = readyStages(roadmap);

    expect(ready.map(({ id }) => id)).toEqual(['c', 'e', 'b', 'd', 'a']);
  });

  it('leaves out stages that are active, over or blocked', () => {
    const roadmap = withStatuses({ a: 'active', b: 'completed', c: 'skipped', d: 'blocked' });

    expect(readyStages(roadmap)).toEqual([]);
  });

  it('leaves out a stage until everything it depends on is completed', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c', 'a', 'b')]);
    const half = withStage(roadmap, withStatus(requireStage(roadmap, 'a'), 'completed'));
    const whole = withStage(half, withStatus(requireStage(half, 'b'), 'completed'));

    expect(readyStages(half).map(({ id }) => id)).toEqual(['b']);
    expect(readyStages(whole).map(({ id }) => id)).toEqual(['c']);
  });
});

function withStatuses(statuses: Readonly<Record<string, StageStatus>>): Roadmap {
  const roadmap = createRoadmap(Object.keys(statuses).map((id) => plan(id)));

  return {
    ...roadmap,
    stages: roadmap.stages.map((stage) => withStatus(stage, statuses[stage.id] ?? 'pending')),
  };
}
