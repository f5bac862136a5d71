import { chooseModel, lintRules, type RoutingQuestion } from '@jarvis/core';
import type { Round } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { chargedPrices } from './charged-prices.ts';
import { twoLoopDialect } from './two-loop.ts';

const models = { manager: 'of the manager', employee: 'of the employee' };
const passed = { isApproved: false, hasErrors: false };
const failed = { ...passed, hasErrors: true };

describe('the plan', () => {
  it('is asked for with the task itself', () => {
    expect(twoLoopDialect.plan.render({ task: 'Make a page\n' })).toBe('Make a page\n');
  });

  it.each([
    [{ plan: ['One', ' '], acceptance_criteria: ['Two'], more: [1] }, ['One'], ['Two']],
    [{ plan: [{ step: 1 }, 'Last'] }, ['{"step":1}', 'Last'], []],
    [{ plan: 'All at once', acceptance_criteria: null }, ['All at once'], []],
    [{}, [], []],
  ])('is read from %j and handed on as it is', (asGiven, steps, acceptanceCriteria) => {
    expect(twoLoopDialect.plan.reply.parse(asGiven)).toEqual({ steps, acceptanceCriteria, asGiven });
  });

  it.each([[[]], ['text'], [null]])('is not read from %j', (reply) => {
    expect(twoLoopDialect.plan.reply.safeParse(reply).success).toBe(false);
  });
});

describe('the work', () => {
  it.each([
    [{ files: { 'a.html': 'A' } }, [{ type: 'write', path: 'a.html', content: 'A' }], ''],
    [{ files: {}, summary: 'Nothing to do' }, [], 'Nothing to do'],
    [{ summary: ['odd'] }, [], ''],
  ])('is read from %j', (reply, changes, summary) => {
    expect(twoLoopDialect.work.reply.parse(reply)).toEqual({ changes, summary });
  });

  it.each([[{ files: [] }], [{ files: null }], [{ files: { 'a.html': 1 } }]])(
    'is not read from %j',
    (reply) => {
      expect(twoLoopDialect.work.reply.safeParse(reply).success).toBe(false);
    },
  );

  it('is asked for without feedback in the first round', () => {
    const payload = renderWork({ round: 1 });

    expect(payload).toEqual({
      task: 'Make',
      plan: { plan: ['One'] },
      previous_files: {},
      feedback: null,
      iteration: 1,
    });
  });

  it.each([[['More', '']], ['More'], [null], [[]]])(
    'is asked for with the feedback %j, word for word',
    (feedbackAsGiven) => {
      const previous: Round = {
        number: 1,
        review: { isApproved: false, feedback: ['More'], feedbackAsGiven },
      };

      expect(renderWork({ round: 2, previous })).toMatchObject({ feedback: feedbackAsGiven, iteration: 2 });
    },
  );

  it('is asked for with the reasons why files were refused', () => {
    const apply = { type: 'refused', problems: ['It holds a secret.'] } as const;
    const review = { isApproved: false, feedback: ['More'], feedbackAsGiven: ['More '] };

    expect(renderWork({ round: 2, previous: { number: 1, apply, review } })).toMatchObject({
      feedback: ['More ', 'It holds a secret.'],
    });
    expect(
      renderWork({ round: 2, previous: { number: 1, apply }, feedback: ['It holds a secret.'] }),
    ).toMatchObject({
      feedback: ['It holds a secret.'],
    });
  });
});

describe('the review', () => {
  it.each([
    [
      { status: 'approved', feedback: [] },
      { isApproved: true, word: 'approved', feedback: [], feedbackAsGiven: [] },
    ],
    [{ status: ' Approved' }, { isApproved: true, word: ' Approved', feedback: [], feedbackAsGiven: [] }],
    [
      { feedback: ['A', ' ', 'B '] },
      { isApproved: false, word: 'needs_changes', feedback: ['A', 'B'], feedbackAsGiven: ['A', ' ', 'B '] },
    ],
    [
      { status: 'rejected', feedback: 'No' },
      { isApproved: false, word: 'rejected', feedback: ['No'], feedbackAsGiven: 'No' },
    ],
    [
      { status: null, feedback: null },
      { isApproved: false, word: 'null', feedback: [], feedbackAsGiven: null },
    ],
  ])('is read from %j', (reply, review) => {
    expect(twoLoopDialect.review.reply.parse(reply)).toEqual(review);
  });

  it('becomes feedback for the next round, with what was refused', () => {
    const review = { isApproved: false, feedback: ['More'] };

    expect(twoLoopDialect.feedbackOn({ number: 1, review })).toEqual(['More']);
    expect(
      twoLoopDialect.feedbackOn({ number: 1, review, apply: { type: 'refused', problems: ['Bad path.'] } }),
    ).toEqual(['More', 'Bad path.']);
  });
});

describe('the choice of models', () => {
  it.each<[Partial<RoutingQuestion>, string]>([
    [{ role: 'manager', purpose: 'review' }, 'of the manager'],
    [
      { role: 'manager', purpose: 'review', round: 2, previous: { ...failed, word: 'needs_changes' } },
      'of the manager',
    ],
    [{ round: 1 }, 'gpt-4o-mini'],
    [{ round: 2, previous: { ...passed, word: 'needs_changes' } }, 'gpt-4o'],
    [{ round: 3, previous: { ...passed, word: 'needs_changes' } }, 'gpt-4o'],
    [{ round: 4, previous: { ...passed, word: 'needs_changes' } }, 'gpt-4o-mini'],
    [{ round: 2, previous: { ...passed, word: 'rejected' } }, 'gpt-4o-mini'],
    [{ round: 2, previous: { ...failed, word: 'rejected' } }, 'gpt-4o'],
    [{ round: 4, previous: { ...failed, word: 'rejected' } }, 'gpt-4o-mini'],
    [{ round: 1, complexity: 'high', importance: 'high' }, 'gpt-4o-mini'],
  ])('%j: %s', (facts, model) => {
    const question: RoutingQuestion = { role: 'employee', purpose: 'work', round: 1, ...facts };

    expect(chooseModel(twoLoopDialect.routing, question, models).model).toBe(model);
  });

  it('has no rule that never applies', () => {
    expect(lintRules(twoLoopDialect.routing)).toEqual([]);
  });
});

describe('the commit subject', () => {
  it.each([
    ['needs_changes', 0, '2loop iteration 2: status=needs_changes, all_passed=True'],
    ['approved', 1, '2loop iteration 2: status=approved, all_passed=False'],
    ['a\n\nb', 0, '2loop iteration 2: status=a b, all_passed=True'],
  ])('names the word %j', (word, count, subject) => {
    const findings = [
      { severity: 'error', source: 'simple-tests', description: 'There is no index.html.' } as const,
    ].slice(0, count);

    expect(
      twoLoopDialect.renderCommitSubject({
        round: 2,
        review: { isApproved: false, feedback: [], word },
        findings,
        summary: '',
      }),
    ).toBe(subject);
  });
});

describe('what a call costs and how often it is made', () => {
  it('is what the predecessor charged: the small model for the price of the large one', () => {
    expect(chargedPrices.models['gpt-4o-mini']).toEqual(chargedPrices.models['gpt-4o']);
  });

  it('is five attempts, the pauses from two seconds up', () => {
    expect(twoLoopDialect.retry).toMatchObject({ maxAttempts: 5, firstDelayMs: 2_000, maxDelayMs: 60_000 });
  });
});

interface Work {
  readonly round: number;
  readonly previous?: Round;
  readonly feedback?: readonly string[];
}

function renderWork({ round, previous, feedback = ['More'] }: Work): unknown {
  const plan = { steps: ['One'], acceptanceCriteria: [], asGiven: { plan: ['One'] } };
  const brief = { task: 'Make', plan, round, files: [], feedback };
  return JSON.parse(twoLoopDialect.work.render(previous === undefined ? brief : { ...brief, previous }));
}
