import { defaultConfig, type Finding } from '@jarvis/core';
import { createRoadmap } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import type { Accepted } from '../engine/run-records.ts';
import { initialState, type Round, type RunState } from '../engine/run-state.ts';
import { decideThreeLoop } from './decide-three-loop.ts';

const limits = {
  ...defaultConfig.loop,
  asksManager: true,
  answersQuestions: true,
  maxRounds: 2,
  policies: modernDialect.policies,
};
const accepted: Accepted = {
  task: 'Build a site',
  mode: 'LEGACY_3LOOP',
  dialect: 'modern@1',
  release: '0.1.0',
  workspace: '/project',
  isSimulated: false,
  config: {},
  commits: { type: 'on', branch: 'refs/heads/main' },
  pins: { prompts: 'p', prices: 'q' },
};
const brief = (name: string) => ({ name, goal: name, planSteps: ['Write it'], requirements: [] });
const draft = (id: string) => ({
  id,
  name: id,
  goal: id,
  categories: ['data'],
  planSteps: [0],
  requirements: [],
  dependsOn: [],
});
const planned: RunState = {
  ...initialState,
  accepted,
  plan: { steps: ['Write it'], acceptanceCriteria: [] },
};
const divided: RunState = {
  ...planned,
  split: { stages: [draft('home'), draft('shop')] },
  roadmap: createRoadmap([
    { id: 'home', brief: brief('home') },
    { id: 'shop', brief: brief('shop') },
  ]),
};
const error: Finding = { severity: 'error', source: 'dangers', description: 'eval' };

const home: Round = { number: 1, stage: 'home', turn: 1, work: work(), apply: applied('a.html') };
const shop: Round = { number: 2, stage: 'shop', turn: 1, work: work(), apply: applied('b.html') };
const checked: Round = { ...shop, checks: { findings: [], contentHash: 'c' } };
const approved: Round = { ...checked, review: { isApproved: true, feedback: [] } };
const rejected: Round = { ...checked, review: { isApproved: false, feedback: ['No.'] } };
const safe: Round = { ...approved, safety: { findings: [] } };
const committed = { commit: { skipped: 'off' } };
const refused = { type: 'refused', problems: ['The path "../x" is bad.'] } as const;

describe('decideThreeLoop', () => {
  it.each<[string, RunState, object]>([
    ['nothing has happened', { ...initialState, accepted }, { type: 'plan' }],
    ['there is a plan', planned, { type: 'split' }],
    ['there are phases', divided, { type: 'work', round: 1, stage: 'home', turn: 1 }],
    ['work on a phase is in', after({ ...home, apply: undefined }), { type: 'apply', round: 1 }],
    ['a phase is through', after(home), { type: 'work', round: 2, stage: 'shop', turn: 1 }],
    [
      'a phase was refused',
      after({ ...home, apply: refused }),
      { type: 'work', round: 2, stage: 'shop', turn: 1 },
    ],
    ['all phases are through', after(home, shop), { type: 'check', round: 2 }],
    ['the checks have run', after(home, checked), { type: 'review', round: 2 }],
    ['it is approved', after(home, approved), { type: 'prove-safety', round: 2 }],
    ['it is rejected', after(home, rejected), { type: 'commit', round: 2 }],
    ['it is safe', after(home, safe), { type: 'commit', round: 2 }],
    [
      'it was rejected and committed',
      after(home, { ...rejected, ...committed }),
      { type: 'work', round: 3, stage: 'home', turn: 2 },
    ],
    ['a part of it was refused', after({ ...home, apply: refused }, shop), { type: 'commit', round: 2 }],
  ])('when %s, acts', (_, state, action) => {
    expect(decideThreeLoop(state, limits)).toEqual({ type: 'act', action });
  });

  it('is done when it is approved and safe', () => {
    expect(decideThreeLoop(after(home, { ...safe, ...committed }), limits)).toMatchObject({
      stop: { status: 'done', reason: 'approved' },
    });
  });

  it('is never done with a phase whose files were refused, whatever the review says', () => {
    const state = after({ ...home, apply: refused }, { ...safe, ...committed });

    expect(decideThreeLoop(state, limits)).toMatchObject({ action: { type: 'work', turn: 2 } });
  });

  it('looks at everything in the last round although it is rejected', () => {
    const state = after(inTurn(home, 2), inTurn(rejected, 2));

    expect(decideThreeLoop(state, limits)).toMatchObject({ action: { type: 'prove-safety' } });
    expect(decideThreeLoop(state, { ...limits, checkBeforeEnd: false })).toMatchObject({
      action: { type: 'commit' },
    });
  });

  it('gives one more round to what is unsafe in the last one, and not a second', () => {
    const unsafe = { ...approved, safety: { findings: [error] }, ...committed };

    expect(decideThreeLoop(after(inTurn(home, 2), inTurn(unsafe, 2)), limits)).toMatchObject({
      action: { type: 'work', stage: 'home', turn: 3 },
    });
    expect(decideThreeLoop(after(inTurn(home, 3), inTurn(unsafe, 3)), limits)).toMatchObject({
      stop: { status: 'partial', reason: 'unsafe' },
    });
  });

  it('ends after the last round that is safe and not approved', () => {
    const state = after(inTurn(home, 2), inTurn({ ...rejected, safety: { findings: [] }, ...committed }, 2));

    expect(decideThreeLoop(state, limits)).toMatchObject({
      stop: { status: 'partial', reason: 'max_rounds' },
    });
  });

  it('ends when turns change nothing and meet the same objections', () => {
    const turns = [1, 2, 3].flatMap((turn) => [
      { ...inTurn(home, turn), number: turn * 2 - 1 },
      { ...inTurn({ ...rejected, ...committed }, turn), number: turn * 2 },
    ]);

    expect(decideThreeLoop(after(...turns), { ...limits, maxRounds: 9 })).toMatchObject({
      stop: { reason: 'no_progress' },
    });
  });
});

function work(): NonNullable<Round['work']> {
  return { summary: 'done', files: [], base: 'b' };
}

function applied(path: string): NonNullable<Round['apply']> {
  return { type: 'applied', paths: [path] };
}

type Loose = { readonly [Key in keyof Round]?: Round[Key] | undefined } & Pick<Round, 'number'>;

function after(...rounds: readonly Loose[]): RunState {
  const kept = rounds.map((round) =>
    Object.fromEntries(Object.entries(round).filter(([, value]) => value !== undefined)),
  );
  return { ...divided, rounds: kept as unknown as readonly Round[] };
}

function inTurn(round: Round, turn: number): Round {
  return { ...round, turn };
}
