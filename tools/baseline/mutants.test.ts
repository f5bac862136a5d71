import { twoLoopDialect } from '@jarvis/legacy-compat';
import type { Dialect } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { judgeScenario } from './testing/judge-scenario.ts';
import { readOwnScenario } from './testing/read-own-scenarios.ts';
import {
  addLineEnd,
  replaceKey,
  withFiles,
  withoutKey,
  wrongModel,
  wrongPrice,
} from './testing/spoil-dialect.ts';

const FIVE_ROUNDS = '2loop-never-approved-5-rounds';
const ONE_ROUND = '2loop-approve-first';
const WITH_GIT = '2loop-approve-second-git';

const { plan, work, review, routing, renderCommitSubject } = twoLoopDialect;

/** The dialect with one fault, each of a kind the comparison must never let pass, and the run that shows it. */
const mutants: readonly (readonly [fault: string, scenario: string, mutant: Partial<Dialect>])[] = [
  [
    'a model that is swapped in round 2',
    FIVE_ROUNDS,
    { routing: [wrongModel({ round: { min: 2, max: 2 } }, 'gpt-4o-mini'), ...routing] },
  ],
  [
    'a model that is swapped in round 5',
    FIVE_ROUNDS,
    { routing: [wrongModel({ round: { min: 5, max: 5 } }, 'gpt-4o'), ...routing] },
  ],
  ['a price that is off', FIVE_ROUNDS, { prices: wrongPrice(twoLoopDialect) }],
  [
    'a status that is renamed',
    FIVE_ROUNDS,
    {
      review: { ...review, reply: review.reply.transform((reply) => ({ ...reply, word: 'changes_needed' })) },
    },
  ],
  ['a task that is not the one given', ONE_ROUND, { plan: { ...plan, render: ({ task }) => `${task}.` } }],
  [
    'feedback that is lost',
    FIVE_ROUNDS,
    { work: { ...work, render: (brief) => replaceKey(work.render(brief), 'feedback', null) } },
  ],
  [
    'feedback that is empty instead of null',
    ONE_ROUND,
    { work: { ...work, render: (brief) => replaceKey(work.render(brief), 'feedback', []) } },
  ],
  [
    'a key that is missing in a payload',
    ONE_ROUND,
    { work: { ...work, render: (brief) => withoutKey(work.render(brief), 'iteration') } },
  ],
  [
    'a key that is new in a payload',
    ONE_ROUND,
    { review: { ...review, render: (brief) => replaceKey(review.render(brief), 'phases', []) } },
  ],
  [
    'files with another content',
    ONE_ROUND,
    { work: { ...work, reply: work.reply.transform(withFiles((files) => files.map(addLineEnd))) } },
  ],
  [
    'a file that is left out',
    ONE_ROUND,
    { work: { ...work, reply: work.reply.transform(withFiles((files) => files.slice(0, -1))) } },
  ],
  [
    'a commit with another subject',
    WITH_GIT,
    { renderCommitSubject: (round) => `${renderCommitSubject(round)}.` },
  ],
  ['a request too many', ONE_ROUND, { plan: { ...plan, reply: plan.reply.refine(refuseOnce()) } }],
  [
    'rounds too few',
    FIVE_ROUNDS,
    { review: { ...review, reply: review.reply.transform((reply) => ({ ...reply, isApproved: true })) } },
  ],
  [
    'rounds too many',
    ONE_ROUND,
    { review: { ...review, reply: review.reply.transform((reply) => ({ ...reply, isApproved: false })) } },
  ],
  ['attempts too few', '2loop-retry-then-fenced', { retry: { ...twoLoopDialect.retry, maxAttempts: 2 } }],
  [
    'a wrong model where a rule applies',
    '2loop-secret-blocked',
    { routing: [wrongModel({}, 'gpt-4o-mini')] },
  ],
  [
    'a wrong model in calls that were not recorded',
    '2loop-as-is-crash',
    { routing: [wrongModel({}, 'gpt-4o')] },
  ],
  [
    'a repaired answer that is asked for otherwise',
    '2loop-files-list',
    { work: { ...work, render: (brief) => withoutKey(work.render(brief), 'plan') } },
  ],
];

describe('a fault in the product is a difference', () => {
  it.concurrent.each(mutants)('%s (%s)', async (_, scenario, mutant) => {
    const file = await readOwnScenario(scenario);

    const { verdict, unexplained } = await judgeScenario(file, { ...twoLoopDialect, ...mutant });

    expect(verdict).toBe('difference');
    expect(unexplained).not.toEqual([]);
  });
});

function refuseOnce(): () => boolean {
  let refusals = 0;
  return () => {
    refusals += 1;
    return refusals > 1;
  };
}
