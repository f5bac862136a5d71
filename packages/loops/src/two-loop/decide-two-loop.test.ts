import { defaultConfig, type Finding } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import type { Accepted } from '../engine/run-records.ts';
import { initialState, type Round, type RunState } from '../engine/run-state.ts';
import { modernDialect } from '../dialect/modern-dialect.ts';
import { decideTwoLoop } from './decide-two-loop.ts';

const limits = {
  ...defaultConfig.loop,
  asksManager: true,
  answersQuestions: true,
  maxRounds: 3,
  policies: modernDialect.policies,
};
const accepted: Accepted = {
  task: 'Build a page',
  mode: 'SIMPLE_2LOOP',
  dialect: 'modern@1',
  release: '0.1.0',
  workspace: '/project',
  isSimulated: false,
  config: {},
  commits: { type: 'on', branch: 'refs/heads/main' },
  pins: { prompts: 'p', prices: 'q' },
};
const error: Finding = {
  severity: 'error',
  source: 'html',
  rule: 'close-order',
  description: 'Unclosed element.',
};
const planned: RunState = {
  ...initialState,
  accepted,
  plan: { steps: ['Write it'], acceptanceCriteria: [] },
};

const worked: Round = { number: 1, work: { summary: 'done', files: [], base: 'b' } };
const applied: Round = { ...worked, apply: { type: 'applied', paths: ['index.html'] } };
const refused: Round = { ...worked, apply: { type: 'refused', problems: ['The path "../x" is bad.'] } };
const checked: Round = { ...applied, checks: { findings: [], contentHash: 'c1' } };
const rejected: Round = {
  ...checked,
  review: { isApproved: false, feedback: ['Add a menu.'] },
  commit: { skipped: 'off' },
};
const approved: Round = { ...checked, review: { isApproved: true, feedback: [] } };

describe('decideTwoLoop', () => {
  it.each([
    ['nothing has happened', { ...initialState, accepted }, { type: 'plan' }],
    [
      'the repository has to be made',
      { ...initialState, accepted: { ...accepted, commits: { type: 'init' } } },
      { type: 'prepare' },
    ],
    ['there is a plan', planned, { type: 'work', round: 1 }],
    ['work is in', withRounds(worked), { type: 'apply', round: 1 }],
    ['files are written', withRounds(applied), { type: 'check', round: 1 }],
    ['files are checked', withRounds(checked), { type: 'review', round: 1 }],
    ['the review is in', withRounds(approved), { type: 'commit', round: 1 }],
    ['the round was rejected', withRounds(rejected), { type: 'work', round: 2 }],
    ['the answer was refused', withRounds(refused), { type: 'work', round: 2 }],
  ] as const)('when %s, acts', (_, state, action) => {
    const decision = decideTwoLoop(state, limits);

    expect(decision).toEqual({ type: 'act', action });
  });

  it.each([
    ['approved', [{ ...approved, commit: { skipped: 'off' } }], 'done', 'approved'],
    ['at the last round', [round(1), round(2), round(3)], 'partial', 'max_rounds'],
    ['stuck', [stuck(1), stuck(2), stuck(3)], 'partial', 'no_progress'],
  ] as const)('stops when %s', (...row) => {
    const [, rounds, status, reason] = row;
    const decision = decideTwoLoop(withRounds(...rounds), {
      ...limits,
      maxRounds: reason === 'max_rounds' ? 3 : 9,
    });

    expect(decision).toMatchObject({ type: 'stop', stop: { status, reason } });
  });

  it('does not take an approval for granted when a check found an error', () => {
    const contradicted = {
      ...approved,
      checks: { findings: [error], contentHash: 'c1' },
      commit: { skipped: 'off' },
    };

    const decision = decideTwoLoop(withRounds(contradicted), limits);

    expect(decision).toEqual({ type: 'act', action: { type: 'work', round: 2 } });
  });

  it('takes the reviewer at its word when the dialect says so', () => {
    const policies = { ...limits.policies, errorsPreventApproval: false };
    const contradicted = {
      ...approved,
      checks: { findings: [error], contentHash: 'c1' },
      commit: { skipped: 'off' },
    };

    const decision = decideTwoLoop(withRounds(contradicted), { ...limits, policies });

    expect(decision).toMatchObject({ type: 'stop', stop: { status: 'done' } });
  });

  it('does not take an approval of files that were refused', () => {
    const policies = { ...limits.policies, errorsPreventApproval: false, reviewsRefusedWork: true };
    const mistaken: Round = {
      ...approved,
      apply: { type: 'refused', problems: ['It holds a secret.'] },
      commit: { skipped: 'off' },
    };

    const decision = decideTwoLoop(withRounds(mistaken), { ...limits, policies });

    expect(decision).toEqual({ type: 'act', action: { type: 'work', round: 2 } });
  });

  it('reviews a round whose files were refused when the dialect says so', () => {
    const policies = { ...limits.policies, reviewsRefusedWork: true };

    const decision = decideTwoLoop(withRounds(refused), { ...limits, policies });

    expect(decision).toEqual({ type: 'act', action: { type: 'check', round: 1 } });
  });

  it('ends a run whose answers are refused for the same reason again and again', () => {
    const rounds = [1, 2, 3].map((number) => ({ ...refused, number }));

    const decision = decideTwoLoop(withRounds(...rounds), { ...limits, maxRounds: 9 });

    expect(decision).toMatchObject({ type: 'stop', stop: { reason: 'no_progress' } });
  });
});

function withRounds(...rounds: readonly Round[]): RunState {
  return { ...planned, rounds };
}

function round(number: number): Round {
  const contentHash = `c${String(number)}`;
  return { ...rejected, number, checks: { findings: [], contentHash } };
}

function stuck(number: number): Round {
  return { ...rejected, number };
}
