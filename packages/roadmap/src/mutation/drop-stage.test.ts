import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { requireStage, withStage } from '../queries.ts';
import { stageStatusSchema } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';

describe('applyMutation with drop', () => {
  it('takes a stage out that was never begun', () => {
    const roadmap = createRoadmap([plan('a'), plan('b', 'a')]);

    const next = drop(roadmap, 'b');

    expect(next.stages).toEqual([roadmap.stages[0]]);
  });

  it('refuses to drop a stage that others depend on', () => {
    const roadmap = createRoadmap([plan('a'), plan('b', 'a')]);

    expect(() => drop(roadmap, 'a')).toThrow(
      'Stage "a" cannot be dropped, since "b" would depend on nothing.',
    );
  });

  it('refuses to drop the only stage', () => {
    expect(() => drop(createRoadmap([plan('a')]), 'a')).toThrow('there is no stage');
  });

  it.each(stageStatusSchema.options.filter((status) => status !== 'pending'))(
    'refuses to drop a stage that is %s',
    (status) => {
      const roadmap = createRoadmap([plan('a'), plan('b')]);
      const begun = withStage(roadmap, { ...requireStage(roadmap, 'a'), status });

      expect(() => drop(begun, 'a')).toThrow(`Stage "a" is ${status}, so drop is not possible`);
    },
  );
});

function drop(roadmap: Roadmap, stageId: string): Roadmap {
  return applyMutation(roadmap, changeOf({ type: 'drop', stageId, reason: 'not wanted' })).roadmap;
}
