import { defaultConfig } from '@jarvis/core';
import { createRoadmap, type RoadmapMutation } from '@jarvis/roadmap';
import type { StageEvent } from '@jarvis/stages';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import { changeRoadmap, changeStage } from '../engine/evolve-stages.ts';
import { initialState, type Round, type RunState } from '../engine/run-state.ts';
import { stageOf } from '../engine/stage-inside.ts';
import { workOnStage } from './work-on-stage.ts';

const limits = {
  ...defaultConfig.loop,
  asksManager: true,
  answersQuestions: true,
  policies: modernDialect.policies,
};
const brief = (name: string) => ({ name, goal: name, planSteps: ['Write it'], requirements: [] });
const finding = { severity: 'error', source: 'supervisor', description: 'It is grey' } as const;

/** The page and the notes are apart; the shop stands on the page. */
const planned: RunState = {
  ...initialState,
  roadmap: createRoadmap([
    { id: 'page', brief: brief('page') },
    { id: 'notes', brief: brief('notes') },
    { id: 'shop', brief: brief('shop'), dependsOn: ['page'] },
  ]),
};

type Happening = (state: RunState) => RunState;

function mutate(mutation: RoadmapMutation, source?: string): Happening {
  return (state) => {
    const id = `change-${String(state.changes.size + 1)}`;
    const change = { id, author: 'test', at: '2026-01-01T00:00:00Z', mutation };
    return changeRoadmap(state, { change, ...(source === undefined ? {} : { source }) });
  };
}

const start = (stageId: string) => mutate({ type: 'start', stageId });
const complete = (stageId: string) => mutate({ type: 'complete', stageId });
const block = (stageId: string) => mutate({ type: 'block', stageId, reason: 'Nobody can.' });
const reopen = (stageId: string, source?: string) =>
  mutate({ type: 'reopen', stageId, reason: 'Broken.' }, source);

/** A round of a stage that has written these files, and what its audit has said, if there was one. */
function work(
  stageId: string,
  paths: readonly string[],
  said: 'clean' | 'error' | 'nothing' = 'clean',
): Happening {
  return (state) => {
    const number = state.rounds.length + 1;
    const contentHash = `c${String(number)}`;
    const findings = said === 'error' ? [finding] : [];
    const round: Round = {
      number,
      stage: stageId,
      cycle: number,
      apply: { type: 'applied', paths },
      checks: { findings: [], contentHash, ran: ['whole'] },
      ...(said === 'nothing'
        ? {}
        : { audit: { contentHash, findings, verdict: 'clean', downgraded: 0, suggestions: [] } }),
    };
    const edits = paths.map((path) => ({ path, before: null, after: contentHash }));
    const delivered: readonly StageEvent[] = [
      ...(stageOf(state, stageId).state === 'deciding' ? [{ type: 'fix' } as const] : []),
      { type: 'deliver', contentHash, edits },
      { type: 'check', contentHash, findings: [], passed: [] },
      ...(said === 'nothing' ? [] : [{ type: 'audit', contentHash, findings } as const]),
    ];
    return delivered.reduce<RunState>((before, event) => changeStage(before, stageId, event), {
      ...state,
      rounds: [...state.rounds, round],
    });
  };
}

/** The page and the shop are done; the shop has changed the file they share last. */
const BOTH_DONE: readonly Happening[] = [
  start('page'),
  work('page', ['page.html', 'shared.html']),
  complete('page'),
  start('shop'),
  work('shop', ['shop.html', 'shared.html']),
  complete('shop'),
  start('notes'),
  work('notes', ['notes.html', 'page.html'], 'error'),
  reopen('page', 'notes'),
  start('page'),
];

function decideAfter(...happenings: readonly Happening[]) {
  const state = [...BOTH_DONE, ...happenings].reduce((before, happen) => happen(before), planned);
  return workOnStage(state, 'page', limits);
}

const VERIFIED = { type: 'act', action: { type: 'verify', stages: ['shop'] } };
const COMPLETED = { type: 'change', changes: [{ mutation: { type: 'complete', stageId: 'page' } }] };

describe('a reopened stage that is mended', () => {
  it.each<[string, readonly Happening[], object]>([
    ['has changed a file of it', [work('page', ['shared.html'])], VERIFIED],
    ['has changed it long before, and others since', [work('page', ['page.html'])], COMPLETED],
    [
      'has changed it in an earlier try',
      [work('page', ['shared.html'], 'error'), work('page', ['page.html'])],
      VERIFIED,
    ],
    [
      'has changed it before it was blocked and opened by a person',
      [
        work('page', ['shared.html'], 'error'),
        block('page'),
        reopen('page'),
        start('page'),
        work('page', ['page.html']),
      ],
      VERIFIED,
    ],
    [
      'has changed it in a try that was never audited, before others went on',
      [
        work('page', ['shared.html'], 'nothing'),
        mutate({ type: 'postpone', stageId: 'page', reason: 'The server hung up.' }),
        work('notes', ['notes.html'], 'error'),
        start('page'),
        work('page', ['page.html']),
      ],
      VERIFIED,
    ],
    [
      'had that verified the time before',
      [
        work('page', ['shared.html']),
        complete('page'),
        work('notes', ['page.html'], 'error'),
        reopen('page', 'notes'),
        start('page'),
        work('page', ['page.html']),
      ],
      COMPLETED,
    ],
  ])('has what stands on it checked again only when it %s', (_when, happenings, decision) => {
    expect(decideAfter(...happenings)).toMatchObject(decision);
  });
});
