import type { Plan, SplitReply } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { arrangePhases, legacySplit, renderPhase } from './legacy-phases.ts';

const plan: Plan = { steps: ['A', 'B'], acceptanceCriteria: [], asGiven: { plan: ['A', 'B'] } };

describe('the division into phases', () => {
  it('is asked for with the fields of the plan', () => {
    const asGiven = { plan: 'A', acceptance_criteria: ['C'], more: 1 };

    expect(JSON.parse(legacySplit.render({ task: 'Make', plan: { ...plan, asGiven } }))).toEqual({
      task: 'Make',
      plan: 'A',
      acceptance_criteria: ['C'],
    });
    expect(JSON.parse(legacySplit.render({ task: 'Make', plan: { ...plan, asGiven: [] } }))).toEqual({
      task: 'Make',
      plan: [],
      acceptance_criteria: [],
    });
  });

  it('keeps every phase as it came', () => {
    const phases = [{ name: ' One ', categories: ['x'], plan_steps: [0], extra: true }, 'text'];

    const { stages } = legacySplit.reply.parse({ phases });

    expect(stages.map(({ asGiven }) => asGiven)).toEqual(phases);
    expect(stages.map(({ name }) => name)).toEqual(['One', 'Phase 2']);
  });

  it.each([[{}], [{ phases: [] }], [{ phases: 'none' }]])('is one phase with all work for %j', (reply) => {
    const { stages } = arrangePhases(legacySplit.reply.parse(reply), plan);

    expect(stages).toEqual([
      expect.objectContaining({
        name: 'All work',
        planSteps: [0, 1],
        asGiven: {
          name: 'All work',
          categories: ['layout_structure', 'visual_design', 'content_ux'],
          plan_steps: [0, 1],
        },
      }),
    ]);
  });

  it('is arranged so that every phase can be worked on: other names, steps of the plan, none without a phase', () => {
    const reply: SplitReply = legacySplit.reply.parse({
      phases: [{ name: 'A', plan_steps: [7] }, { name: 'a' }, { name: 'B' }],
    });

    const { stages } = arrangePhases(reply, plan);

    expect(stages.map(({ name, planSteps }) => [name, ...planSteps])).toEqual([
      ['A (1)'],
      ['a (2)'],
      ['B', 0, 1],
    ]);
  });

  it.each([[[]], ['text'], [null]])('is not read from %j', (reply) => {
    expect(legacySplit.reply.safeParse(reply).success).toBe(false);
  });
});

describe('renderPhase', () => {
  const planned = { name: 'Later', goal: 'G', planSteps: [], requirements: [] };

  it('puts a phase that was made later into the old form', () => {
    expect(renderPhase(planned)).toEqual({ name: 'Later', categories: [], plan_steps: [] });
    expect(renderPhase(undefined)).toBeNull();
  });
});
