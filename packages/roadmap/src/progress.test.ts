import { describe, expect, it } from 'vitest';

import { plan } from '../test/planned-stages.ts';
import { createRoadmap } from './create-roadmap.ts';
import { roadmapProgress } from './progress.ts';
import { requireStage, withStage } from './queries.ts';
import { withStatus } from './roadmap-stage.ts';

describe('roadmapProgress', () => {
  it('counts completed and skipped stages as finished', () => {
    const fresh = createRoadmap([plan('a'), plan('b'), plan('c'), plan('d')]);
    const skipped = withStage(fresh, withStatus(requireStage(fresh, 'a'), 'skipped'));
    const roadmap = withStage(skipped, withStatus(requireStage(skipped, 'b'), 'completed'));

    const progress = roadmapProgress(roadmap);

    expect(progress).toEqual({
      total: 4,
      finished: 2,
      ratio: 0.5,
      byStatus: {
        pending: 2,
        active: 0,
        completed: 1,
        skipped: 1,
        reopened: 0,
        blocked: 0,
        pending_retry: 0,
      },
    });
  });
});
