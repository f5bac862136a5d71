import { describe, expect, it } from 'vitest';

import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { stageStatusSchema, withStatus } from '../roadmap-stage.ts';
import { renderRoadmapText } from './text.ts';

describe('renderRoadmapText', () => {
  it('shows progress, then each stage with its status, dependencies and note', () => {
    const ids = stageStatusSchema.options.map((status) => status.replace('_', '-'));
    const roadmap = createRoadmap([...ids.map((id) => plan(id)), plan('last', 'pending', 'active')]);
    const stages = roadmap.stages.map((stage, index) =>
      withStatus(
        stage,
        stageStatusSchema.options[index] ?? 'pending',
        stage.id === 'blocked' ? 'no price' : undefined,
      ),
    );

    const text = renderRoadmapText({ version: 9, stages });

    expect(text).toMatchInlineSnapshot(`
      "Roadmap version 9: 2 of 8 stages finished
      [ ] pending        The pending (pending)
      [>] active         The active (active)
      [x] completed      The completed (completed)
      [-] skipped        The skipped (skipped)
      [~] reopened       The reopened (reopened)
      [!] blocked        The blocked (blocked): no price
      [?] pending-retry  The pending-retry (pending_retry)
      [ ] last           The last (pending) after pending, active"
    `);
  });

  it('shows terminal codes, line breaks and turned text escaped', () => {
    const { id, brief } = plan('shop');
    const roadmap = createRoadmap([{ id, brief: { ...brief, name: '\u001b[31mred\nnext \u202Eline' } }]);

    const text = renderRoadmapText(roadmap);

    expect(text.split('\n')).toEqual([
      'Roadmap version 1: 0 of 1 stage finished',
      String.raw`[ ] shop  \u{1b}[31mred\u{a}next \u{202e}line (pending)`,
    ]);
  });
});
