import { describe, expect, it } from 'vitest';

import type { ObservedCall, Observation } from './compare/observation.ts';
import { sumCost } from './reference/charged-cost.ts';
import { judgeScenario } from './testing/judge-scenario.ts';
import { type MadeScenario, makeScenario } from './testing/make-scenario.ts';

const NEEDS_CHANGES = { json: { status: 'needs_changes', feedback: ['More'] } };
const APPROVED = { json: { status: 'approved', feedback: [] } };
const PROSE = { text: 'I would rather not.' };
const SECRET = { json: { files: { 'index.html': 'const api_key = "Zx8kQm3vRt6yBn1cLp9wHd4s";' } } };
const PAGE = { json: { files: { 'index.html': '<h1>Page</h1>' } } };
const UNREADABLE = { endedIn: 'main', exception: { type: 'JSONDecodeError', message: 'Expecting value' } };

/** What the tables of the baseline say about the predecessor, in situations of which no run was recorded. */
const asBefore: readonly (readonly [situation: string, scenario: MadeScenario])[] = [
  ['an answer without usage costs nothing', { script: { 'employee.build': [{ ...PAGE, usage: null }] } }],
  ['a request that hangs is made again', { script: { 'manager.review': [{ hang: 200 }, APPROVED] } }],
  [
    'a plan that is rate limited four times is there at the fifth',
    { script: { 'manager.plan': [{ http: 429, repeat: 4 }, { json: { plan: [] } }] } },
  ],
  [
    'files that were there are shown and not counted as written',
    { seedFiles: { 'old.html': '<p>', 'notes.txt': 'n' } },
  ],
  [
    'the manager gets the model of the environment',
    { env: { DEFAULT_MANAGER_MODEL: 'gpt-4o-2024-08-06', DEFAULT_SUPERVISOR_MODEL: 'x' } },
  ],
  [
    'feedback that is no list is handed on as it is',
    { script: { 'manager.review': [{ json: { status: 'no', feedback: 'Try again' } }, APPROVED] } },
  ],
  [
    'feedback that is null is handed on as it is',
    { script: { 'manager.review': [{ json: { status: 'no', feedback: null } }, APPROVED] } },
  ],
  [
    'feedback with odd lines is handed on as it is',
    { script: { 'manager.review': [{ json: { feedback: [' a ', '', { b: 1 }] } }, APPROVED] } },
  ],
  [
    'a plan of any shape is handed on as it is',
    {
      script: {
        'manager.plan': [{ json: { plan: [{ step: '' }, ''], acceptance_criteria: 'all', more: 1 } }],
      },
    },
  ],
  [
    'a word nobody expects is the status',
    { script: { 'manager.review': [{ json: { status: 'maybe later' }, repeat: 2 }] } },
  ],
  [
    'a blank page fails the tests and gets the stronger model',
    {
      script: {
        'employee.build': [{ json: { files: { 'index.html': ' ' } }, repeat: 2 }],
        'manager.review': [{ json: { status: 'hm' } }, APPROVED],
      },
    },
  ],
  [
    'a round of files that were there already has its commit',
    {
      config: { use_git: true },
      script: { 'employee.build': [{ ...PAGE, repeat: 2 }], 'manager.review': [NEEDS_CHANGES, APPROVED] },
    },
  ],
  [
    'a round without files has no commit',
    {
      config: { use_git: true },
      script: { 'employee.build': [{ json: {} }, PAGE], 'manager.review': [NEEDS_CHANGES, APPROVED] },
    },
  ],
  ['the cap is not reached', { config: { max_cost_usd: '1.5' } }],
];

/** Situations in which the predecessor had a defect, made from what is said about it, and how ours differs. */
const asIntended: readonly (readonly [
  situation: string,
  defects: readonly number[],
  scenario: MadeScenario,
])[] = [
  [
    'approval in another case in the last round',
    [7],
    {
      config: { max_rounds: 1 },
      script: { 'manager.review': [{ json: { status: ' APPROVED' } }] },
      record: (run) => ({ ...run, status: ' APPROVED' }),
    },
  ],
  [
    'a plan in prose',
    [35],
    { script: { 'manager.plan': [PROSE] }, record: raiseAfter(1), trace: { outcome: UNREADABLE } },
  ],
  [
    'a review in prose that is repaired',
    [35],
    {
      script: { 'manager.review': [PROSE, APPROVED] },
      record: raiseAfter(3),
      trace: { outcome: UNREADABLE },
    },
  ],
  [
    'an employee that answers in prose for ever',
    [35],
    {
      script: { 'employee.build': [{ ...PROSE, repeat: 'forever' }] },
      record: raiseAfter(2),
      trace: { outcome: UNREADABLE },
    },
  ],
  [
    'an empty answer',
    [35],
    { script: { 'manager.plan': [{ text: '' }] }, record: raiseAfter(1), trace: { outcome: UNREADABLE } },
  ],
  [
    'an employee that is dead',
    [34],
    { script: { 'employee.build': [{ http: 500, repeat: 5 }] }, record: goOnAsIfAnswered },
  ],
  [
    'a review that is rate limited for good',
    [34],
    {
      config: { max_rounds: 1 },
      script: { 'manager.review': [{ http: 429, repeat: 5 }] },
      record: (run) => ({ ...run, status: 'llm_failure' }),
    },
  ],
  [
    'a key that is refused',
    [36],
    {
      config: { max_rounds: 1 },
      script: { 'manager.plan': [{ http: 401, body: 'bad key', repeat: 5 }] },
      record: sendFiveTimes,
    },
  ],
  [
    'a secret in the only round',
    [32],
    { config: { max_rounds: 1 }, script: { 'employee.build': [SECRET] }, record: writeTheSecret },
  ],
  [
    'a cap that planning crosses',
    [33],
    {
      config: { max_cost_usd: 0.000_01 },
      record: (run) => recount(run, run.calls.slice(0, 1), 'aborted_cost_cap_planning'),
    },
  ],
  ['a cap that leaves too little for the next call', [3, 33], { config: { max_cost_usd: 0.006 } }],
];

describe('a scenario like the recorded ones', () => {
  it.concurrent.each(asBefore)('is equal: %s', async (_, scenario) => {
    const outcome = await judgeScenario(makeScenario(scenario));

    expect(outcome).toEqual({ verdict: 'equal', defects: [], unexplained: [], unnoticed: [] });
  });

  it.concurrent.each(asIntended)('differs as intended: %s', async (_, defects, scenario) => {
    const outcome = await judgeScenario(makeScenario(scenario));

    expect(outcome).toEqual({ verdict: 'intended', defects, unexplained: [], unnoticed: [] });
  });
});

function raiseAfter(count: number): (run: Observation) => Observation {
  return (run) => ({ ...recount(run, run.calls.slice(0, count), null), files: count < 3 ? {} : run.files });
}

/** The stand-in of a dead call is taken for an answer: the rounds go on to the review. */
function goOnAsIfAnswered(run: Observation): Observation {
  const [, dead] = run.calls;
  const review: ObservedCall = {
    ...call(run, 0),
    role: 'manager.review',
    user: { task: 'Make a page', iteration: 1 },
  };
  return recount(run, [call(run, 0), dead ?? call(run, 0), review], 'approved');
}

function sendFiveTimes(run: Observation): Observation {
  const dead = { ...call(run, 0), attempts: [401, 401, 401, 401, 401] };
  const next: ObservedCall = {
    ...dead,
    role: 'employee.build',
    user: { task: 'Make a page', iteration: 1 },
    attempts: [200],
    usage: { prompt_tokens: 100, completion_tokens: 50 },
  };
  return { ...recount(run, [dead, next, { ...next, role: 'manager.review' }], 'approved'), files: {} };
}

function writeTheSecret(run: Observation): Observation {
  const content = SECRET.json.files['index.html'];
  const [plan, work, review] = [call(run, 0), call(run, 1), call(run, 2)];
  const tests = { index_exists: true, index_not_empty: true, contains_task_keyword: false, all_passed: true };
  const shown = { files_summary: { 'index.html': { length: content.length, preview: content } }, tests };
  const user = typeof review.user === 'object' ? { ...review.user, ...shown } : {};
  const written = { sha256: 'f'.repeat(64), bytes: content.length };
  return { ...recount(run, [plan, work, { ...review, user }], 'approved'), files: { 'index.html': written } };
}

function recount(run: Observation, calls: readonly ObservedCall[], status: string | null): Observation {
  const requests = calls.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return {
    ...run,
    status,
    calls,
    requests,
    retries: requests - calls.length,
    cost: sumCost(calls),
    unscripted: {},
  };
}

function call({ calls }: Observation, index: number): ObservedCall {
  const found = calls[index];
  if (found === undefined) throw new Error(`there is no call ${String(index)}`);
  return found;
}
