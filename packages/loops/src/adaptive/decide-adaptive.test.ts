import { defaultConfig } from '@jarvis/core';
import { createRoadmap, type RoadmapMutation } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import { changeRoadmap, changeStage } from '../engine/evolve-stages.ts';
import { initialState, type Round, type RunState } from '../engine/run-state.ts';
import { decideAdaptive } from './decide-adaptive.ts';

const limits = {
  ...defaultConfig.loop,
  asksManager: true,
  answersQuestions: true,
  policies: modernDialect.policies,
};
const brief = (name: string) => ({ name, goal: name, planSteps: ['Write it', 'Read it'], requirements: [] });
const planned: RunState = { ...initialState, plan: { steps: ['Write it'], acceptanceCriteria: [] } };
const divided: RunState = {
  ...planned,
  split: { stages: [] },
  roadmap: createRoadmap([
    { id: 'home', brief: brief('home') },
    { id: 'shop', brief: brief('shop') },
  ]),
};

function mutate(state: RunState, ...mutations: readonly RoadmapMutation[]): RunState {
  return mutations.reduce((before, mutation) => {
    const id = `change-${String(before.changes.size + 1)}`;
    return changeRoadmap(before, {
      change: { id, author: 'test', at: '2026-01-01T00:00:00Z', mutation },
      ...(mutation.type === 'reopen' ? { source: 'shop' } : {}),
    });
  }, state);
}

const started = mutate(divided, { type: 'start', stageId: 'home' });
const round: Round = { number: 1, stage: 'home', cycle: 1 };
const worked: Round = { ...round, work: { summary: '', files: [], base: 'b' } };
const applied: Round = { ...worked, apply: { type: 'applied', paths: ['home.html'] } };
const checked: Round = { ...applied, checks: { findings: [], contentHash: 'c1', ran: [] } };
const audited: Round = {
  ...checked,
  audit: { contentHash: 'c1', findings: [], verdict: 'clean', downgraded: 0, suggestions: [] },
};
const committed: Round = { ...audited, commit: { skipped: 'off' } };
const failed: Round = { ...round, failure: { reason: 'connection_lost', message: 'The server hung up.' } };
const refused: Round = { ...worked, apply: { type: 'refused', problems: ['No.'] } };

function withRound(last: Round): RunState {
  return { ...started, rounds: [last] };
}

const delivered = changeStage(withRound(committed), 'home', { type: 'deliver', contentHash: 'c1' });
const looked = changeStage(delivered, 'home', { type: 'check', contentHash: 'c1', findings: [], passed: [] });
const clean = changeStage(looked, 'home', { type: 'audit', contentHash: 'c1', findings: [] });
const homeDone = mutate(clean, { type: 'complete', stageId: 'home' });
const homeBroken = mutate(
  homeDone,
  { type: 'start', stageId: 'shop' },
  { type: 'reopen', stageId: 'home', reason: 'Broken.' },
);
const allDone = mutate(homeDone, { type: 'skip', stageId: 'shop', reason: 'Needless' });

function withLast(state: RunState, more: Partial<Round>): RunState {
  return { ...state, rounds: [{ ...committed, ...more }] };
}

const approved = { review: { isApproved: true, feedback: [] } };
const finding = { severity: 'error', source: 'safety', description: 'A key' } as const;

describe('decideAdaptive', () => {
  it.each<[string, RunState, object]>([
    ['nothing has happened', initialState, { type: 'plan' }],
    ['there is a plan', planned, { type: 'split' }],
    ['a stage was started', started, { type: 'work', round: 1, stage: 'home', cycle: 1 }],
    ['there is work', withRound(worked), { type: 'apply', round: 1 }],
    ['it is written', withRound(applied), { type: 'check', round: 1 }],
    ['it is checked', withRound(checked), { type: 'audit', round: 1 }],
    ['it is audited', withRound(audited), { type: 'commit', round: 1 }],
    ['its files were refused', withRound(refused), { type: 'work', round: 2, stage: 'home', cycle: 2 }],
    ['every stage is over', allDone, { type: 'review', round: 1 }],
    ['the work is approved', withLast(allDone, approved), { type: 'prove-safety', round: 1 }],
  ])('when %s, acts', (_when, state, action) => {
    expect(decideAdaptive(state, limits)).toEqual({ type: 'act', action });
  });

  it.each<[string, RunState, readonly object[]]>([
    ['there are stages', divided, [{ type: 'start', stageId: 'home' }]],
    ['nothing is left to mend', clean, [{ type: 'complete', stageId: 'home' }]],
    ['a stage is completed', homeDone, [{ type: 'start', stageId: 'shop' }]],
    ['an earlier stage is broken', homeBroken, [{ type: 'start', stageId: 'home' }]],
    ['a call has failed for good', withRound(failed), [{ type: 'postpone', stageId: 'home' }]],
    [
      'it has failed at the second try, too',
      { ...withRound(failed), retries: new Set(['home']) },
      [{ type: 'block', stageId: 'home' }],
    ],
    [
      'the review objects',
      withLast(allDone, { review: { isApproved: false, feedback: ['No index.'] } }),
      [{ type: 'add', stage: { id: 'corrections-1', brief: { planSteps: ['No index.'] } } }],
    ],
    [
      'something is unsafe',
      withLast(allDone, { ...approved, safety: { findings: [finding] } }),
      [{ type: 'add', stage: { id: 'safety', brief: { planSteps: ['A key'] } } }],
    ],
  ])('when %s, changes the roadmap', (_when, state, mutations) => {
    expect(decideAdaptive(state, limits)).toMatchObject({
      type: 'change',
      changes: mutations.map((mutation) => ({ type: 'roadmap', mutation })),
    });
  });

  it.each<[string, RunState, object]>([
    [
      'everything was skipped',
      mutate(
        divided,
        { type: 'skip', stageId: 'home', reason: 'Needless' },
        { type: 'skip', stageId: 'shop', reason: 'Needless' },
      ),
      { status: 'partial', reason: 'nothing_left' },
    ],
    [
      'a stage is blocked and the rest is done',
      mutate(homeDone, { type: 'block', stageId: 'shop', reason: 'Nobody can.' }),
      {
        status: 'partial',
        reason: 'stages_blocked',
        message: 'Not finished: shop (blocked). shop: Nobody can.',
      },
    ],
    [
      'everything is approved and safe',
      withLast(allDone, { ...approved, safety: { findings: [] } }),
      { status: 'done', reason: 'approved' },
    ],
  ])('when %s, stops', (_when, state, stop) => {
    expect(decideAdaptive(state, limits)).toMatchObject({ type: 'stop', stop });
  });

  it('works on no stage that later ones have broken too often', () => {
    const decision = decideAdaptive(homeBroken, { ...limits, maxReopensPerStage: 0 });

    expect(decision).toMatchObject({ changes: [{ mutation: { type: 'block', stageId: 'home' } }] });
  });
});
