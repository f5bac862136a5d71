import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { requireStage, withStage } from '../queries.ts';
import { stageStatusSchema, withStatus } from '../roadmap-stage.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';
import type { RoadmapMutation } from './mutation.ts';

type StatusMutation = Exclude<RoadmapMutation, { type: 'add' | 'drop' | 'merge' | 'split' | 'reorder' }>;

/** What each mutation makes of each status; what is missing is refused. */
const RESULTS: Record<StatusMutation['type'], Partial<Record<StageStatus, StageStatus>>> = {
  start: { pending: 'active', reopened: 'active', pending_retry: 'active' },
  complete: { active: 'completed' },
  skip: { pending: 'skipped', reopened: 'skipped', pending_retry: 'skipped' },
  reopen: { completed: 'reopened', skipped: 'reopened', blocked: 'reopened' },
  block: { pending: 'blocked', active: 'blocked', reopened: 'blocked', pending_retry: 'blocked' },
  postpone: { active: 'pending_retry' },
};

const MUTATIONS: readonly StatusMutation[] = [
  { type: 'start', stageId: 'shop' },
  { type: 'complete', stageId: 'shop' },
  { type: 'skip', stageId: 'shop', reason: 'not wanted' },
  { type: 'reopen', stageId: 'shop', reason: 'broken by the checkout' },
  { type: 'block', stageId: 'shop', reason: 'nobody knows the price' },
  { type: 'postpone', stageId: 'shop', reason: 'the model does not answer' },
];

const EVERY_PAIR = MUTATIONS.flatMap((mutation) =>
  stageStatusSchema.options.map((status) => ({ mutation, status })),
);
const ALLOWED = EVERY_PAIR.filter(({ mutation, status }) => RESULTS[mutation.type][status] !== undefined);
const REFUSED = EVERY_PAIR.filter(({ mutation, status }) => RESULTS[mutation.type][status] === undefined);

describe('applyMutation on the status of a stage', () => {
  it.each(ALLOWED)('lets $mutation.type change a stage that is $status', ({ mutation, status }) => {
    const roadmap = shopThatIs(status);

    const outcome = applyMutation(roadmap, changeOf(mutation));

    expect(requireStage(outcome.roadmap, 'shop').status).toBe(RESULTS[mutation.type][status]);
    expect(outcome.roadmap.version).toBe(2);
    expect(outcome.entry).toEqual({ version: 2, change: changeOf(mutation) });
    expect(outcome.isRepeat).toBe(false);
  });

  it.each(REFUSED)('refuses $mutation.type for a stage that is $status', ({ mutation, status }) => {
    const roadmap = shopThatIs(status);

    expect(() => applyMutation(roadmap, changeOf(mutation))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_INVALID_MUTATION',
        mutation: mutation.type,
        stageId: 'shop',
        status,
        allowed: Object.keys(RESULTS[mutation.type]),
      }),
    );
  });

  it.each(MUTATIONS)('refuses $type for a stage that does not exist', (mutation) => {
    const roadmap = createRoadmap([plan('bakery')]);

    expect(() => applyMutation(roadmap, changeOf(mutation))).toThrow(
      'has no stage "shop". Use one of its stages: "bakery"',
    );
  });
});

describe('applyMutation where a stage has come to an end or has not begun', () => {
  it('refuses to reopen a stage that is pending and names what may be reopened (B48)', () => {
    const roadmap = createRoadmap([plan('shop')]);

    expect(() =>
      applyMutation(roadmap, changeOf({ type: 'reopen', stageId: 'shop', reason: 'broken' })),
    ).toThrow(
      'Stage "shop" is pending, so reopen is not possible: reopen needs a stage that is completed or skipped or blocked.',
    );
  });

  it.each(['completed', 'skipped'] as const)(
    'lets nothing but reopen change a stage that is %s (B52)',
    (status) => {
      const roadmap = shopThatIs(status);
      const all: readonly RoadmapMutation[] = [
        ...MUTATIONS,
        { type: 'drop', stageId: 'shop', reason: 'not wanted' },
        { type: 'merge', stageIds: ['shop', 'bakery'], into: { id: 'one', name: 'One', goal: 'both' } },
        { type: 'split', stageId: 'shop', into: [] },
      ];

      const accepted = all.filter((mutation) => {
        try {
          applyMutation(roadmap, changeOf(mutation));
          return true;
        } catch (error) {
          expect(error).toMatchObject({ code: 'JARVIS_ROADMAP_INVALID_MUTATION', stageId: 'shop', status });
          return false;
        }
      });

      expect(accepted.map(({ type }) => type)).toEqual(['reopen']);
    },
  );
});

describe('applyMutation', () => {
  it('shares every stage that it does not touch', () => {
    const roadmap = createRoadmap([plan('shop'), plan('bakery')]);

    const next = applyMutation(roadmap, changeOf({ type: 'start', stageId: 'shop' })).roadmap;

    expect(next.stages[1]).toBe(roadmap.stages[1]);
    expect(roadmap.stages[0]?.status).toBe('pending');
  });

  it('keeps the reason of a mutation as the note of the stage', () => {
    const roadmap = createRoadmap([plan('shop')]);

    const next = applyMutation(
      roadmap,
      changeOf({ type: 'skip', stageId: 'shop', reason: 'not wanted' }),
    ).roadmap;

    expect(requireStage(next, 'shop').note).toBe('not wanted');
  });

  it('keeps the note while the stage is worked on and replaces it when the stage is completed', () => {
    const reopened = withStage(
      shopThatIs('reopened'),
      withStatus(requireStage(shopThatIs('reopened'), 'shop'), 'reopened', 'broken'),
    );

    const active = applyMutation(reopened, changeOf({ type: 'start', stageId: 'shop' })).roadmap;
    const completed = applyMutation(active, changeOf({ type: 'complete', stageId: 'shop' })).roadmap;
    const remarked = applyMutation(
      active,
      changeOf({ type: 'complete', stageId: 'shop', note: 'one warning' }),
    ).roadmap;

    expect(requireStage(active, 'shop').note).toBe('broken');
    expect(requireStage(completed, 'shop')).not.toHaveProperty('note');
    expect(requireStage(remarked, 'shop').note).toBe('one warning');
  });

  it('refuses a change that was made for another version, names both and hands over the current one (B50)', () => {
    const roadmap = { ...createRoadmap([plan('shop')]), version: 7 };
    const change = { ...changeOf({ type: 'start', stageId: 'shop' }), expectedVersion: 5 };

    expect(() => applyMutation(roadmap, change)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_VERSION_CONFLICT',
        expectedVersion: 5,
        currentVersion: 7,
        current: roadmap,
      }),
    );
  });

  it('does nothing for a change that was applied before, whatever it says now (B51)', () => {
    const first = applyMutation(
      createRoadmap([plan('shop')]),
      changeOf({ type: 'start', stageId: 'shop' }, 'c1'),
    );
    const again = { ...changeOf({ type: 'complete', stageId: 'shop' }, 'c1'), expectedVersion: 1 };

    const outcome = applyMutation(first.roadmap, again, new Map([['c1', first.entry]]));

    expect(outcome).toEqual({ roadmap: first.roadmap, entry: first.entry, isRepeat: true });
    expect(outcome.roadmap).toBe(first.roadmap);
  });
});

describe('applyMutation on dependencies', () => {
  it('refuses to start a stage before what it depends on is completed', () => {
    const roadmap = createRoadmap([plan('shop'), plan('checkout', 'shop')]);

    expect(() => applyMutation(roadmap, changeOf({ type: 'start', stageId: 'checkout' }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_UNMET_DEPENDENCY',
        stageId: 'checkout',
        unmet: ['shop'],
      }),
    );
  });

  it('refuses to skip a stage that others need (B49)', () => {
    const roadmap = createRoadmap([plan('shop'), plan('checkout', 'shop'), plan('legal')]);

    expect(() =>
      applyMutation(roadmap, changeOf({ type: 'skip', stageId: 'shop', reason: 'no time' })),
    ).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_SKIPPED_DEPENDENCY',
        skipped: ['shop'],
        dependents: ['checkout'],
      }),
    );
  });

  it('skips a chain from its end', () => {
    const roadmap = createRoadmap([plan('shop'), plan('checkout', 'shop')]);

    const first = applyMutation(
      roadmap,
      changeOf({ type: 'skip', stageId: 'checkout', reason: 'no time' }),
    ).roadmap;
    const second = applyMutation(
      first,
      changeOf({ type: 'skip', stageId: 'shop', reason: 'no time' }),
    ).roadmap;

    expect(second.stages.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  });

  it('refuses to reopen or add a stage that depends on a skipped one', () => {
    const shop = { ...requireStage(createRoadmap([plan('shop')]), 'shop'), status: 'skipped' } as const;
    const roadmap: Roadmap = { version: 1, stages: [shop, { ...shop, id: 'checkout', dependsOn: ['shop'] }] };
    const code = expect.objectContaining({
      code: 'JARVIS_ROADMAP_SKIPPED_DEPENDENCY',
      skipped: ['shop'],
    }) as Error;

    expect(() =>
      applyMutation(roadmap, changeOf({ type: 'reopen', stageId: 'checkout', reason: 'wanted' })),
    ).toThrow(code);
    expect(() => applyMutation(roadmap, changeOf({ type: 'add', stage: plan('basket', 'shop') }))).toThrow(
      code,
    );
  });
});

describe('applyMutation with add', () => {
  it('puts the new stage at the end, pending', () => {
    const roadmap = createRoadmap([plan('shop')]);

    const next = applyMutation(roadmap, changeOf({ type: 'add', stage: plan('checkout', 'shop') })).roadmap;

    expect(next.stages.map(({ id, status }) => [id, status])).toEqual([
      ['shop', 'pending'],
      ['checkout', 'pending'],
    ]);
  });

  it.each([
    ['a taken id', plan('shop'), [{ type: 'duplicate_id', stageId: 'shop' }]],
    ['an id that is no id', plan('../up'), [{ type: 'invalid_id', stageId: '../up' }]],
    [
      'an unknown dependency',
      plan('a', 'ghost'),
      [{ type: 'unknown_dependency', stageId: 'a', dependency: 'ghost' }],
    ],
    ['itself as a dependency', plan('a', 'a'), [{ type: 'self_dependency', stageId: 'a' }]],
  ])('refuses a stage with %s', (_what, stage, problems) => {
    const roadmap = createRoadmap([plan('shop')]);

    expect(() => applyMutation(roadmap, changeOf({ type: 'add', stage }))).toThrow(
      expect.objectContaining({ code: 'JARVIS_ROADMAP_INVALID', problems }),
    );
  });
});

describe('applyMutation with reorder', () => {
  it('puts the stages in the new order', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c', 'a')]);

    const next = applyMutation(roadmap, changeOf({ type: 'reorder', stageIds: ['b', 'a', 'c'] })).roadmap;

    expect(next.stages.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('refuses an order that does not name each stage once (B46)', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c')]);

    expect(() =>
      applyMutation(roadmap, changeOf({ type: 'reorder', stageIds: ['a', 'a', 'd', 'b'] })),
    ).toThrow('missing: "c"; unknown: "d"; named twice: "a"');
  });

  it('refuses an order that puts a stage before one it depends on (B47)', () => {
    const roadmap = createRoadmap([plan('a'), plan('b', 'a'), plan('c')]);

    expect(() => applyMutation(roadmap, changeOf({ type: 'reorder', stageIds: ['c', 'b', 'a'] }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_INVALID_ORDER',
        tooEarly: ['b'],
        missing: [],
        repeated: [],
      }),
    );
  });
});

function shopThatIs(status: StageStatus): Roadmap {
  const roadmap = createRoadmap([plan('shop'), plan('bakery')]);

  return withStage(roadmap, withStatus(requireStage(roadmap, 'shop'), status));
}
