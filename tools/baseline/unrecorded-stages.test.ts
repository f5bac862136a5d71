import { describe, expect, it } from 'vitest';

import type { ObservedCall, Observation } from './compare/observation.ts';
import { sumCost } from './reference/charged-cost.ts';
import { judgeScenario } from './testing/judge-scenario.ts';
import { type MadeScenario, makeScenario } from './testing/make-scenario.ts';

const NEEDS_CHANGES = { json: { status: 'needs_changes', feedback: ['More'] } };
const APPROVED = { json: { status: 'approved', feedback: [] } };
const UNSAFE = { json: { files: { 'index.html': '<p>', 'a.py': 'import os\nos.system("ls")\n' } } };
const SAFE = { json: { files: { 'a.py': 'print(1)\n' } } };
const TWO = phases([{ name: 'One', plan_steps: [0] }, { name: 'Two' }]);

const THREE: MadeScenario = { orchestrator: 'orchestrator_3loop_legacy' };
const PHASE3: MadeScenario = { orchestrator: 'orchestrator_phase3' };
const OLD: MadeScenario = { orchestrator: 'orchestrator' };

/** What the tables of the baseline say about the modules with stages, in situations of which no run was recorded. */
const asBefore: readonly (readonly [situation: string, scenario: MadeScenario])[] = [
  [
    'work that is unsafe in the first round is mended in the second',
    { ...THREE, script: { 'employee.build': [UNSAFE, SAFE] } },
  ],
  [
    'what stays unsafe gets one extra round and no other',
    { ...THREE, config: { use_git: true }, script: { 'employee.build': [{ ...UNSAFE, repeat: 'forever' }] } },
  ],
  [
    'Python that is none is unsafe',
    { ...THREE, script: { 'employee.build': [{ json: { files: { 'a.py': 'def f(:\n  pass\n' } } }, SAFE] } },
  ],
  [
    'words in strings and comments are safe',
    {
      ...THREE,
      script: { 'employee.build': [{ json: { files: { 'a.py': '# eval(x)\ns = "exec(y)"\n' } } }] },
    },
  ],
  [
    'unsafe work is handed over where nobody looks',
    {
      ...THREE,
      config: { safety: { run_safety_before_final: false } },
      script: { 'employee.build': [UNSAFE] },
    },
  ],
  [
    'a round over two phases has one commit',
    {
      ...THREE,
      config: { use_git: true },
      script: { 'supervisor.phases': [TWO], 'manager.review': [NEEDS_CHANGES, APPROVED] },
    },
  ],
  [
    'phases of the same name, and phases that are none, are handed on as they are',
    {
      ...THREE,
      script: {
        'supervisor.phases': [
          phases([{ name: 'A', plan_steps: [7] }, { name: 'a' }, 'text', 3, { name: 5 }]),
        ],
      },
    },
  ],
  ['phases that are no list are one phase', { ...THREE, script: { 'supervisor.phases': [phases('none')] } }],
  [
    'the supervisor gets the model of the environment',
    { ...THREE, env: { DEFAULT_SUPERVISOR_MODEL: 'gpt-4o-2024-08-06' } },
  ],
  ['a yes in any case goes on', { ...THREE, config: { interactive_cost_mode: 'once' }, inputs: ['YES'] }],
  [
    'a page that was there is not told of when it was not written',
    { ...THREE, config: { use_visual_review: true }, script: { 'employee.build': [SAFE] } },
  ],
  [
    'an odd word and odd feedback are handed on',
    { ...THREE, script: { 'manager.review': [{ json: { status: 'hm', feedback: 'One' } }, { json: {} }] } },
  ],
  [
    'findings of any severity are told in the next cycle, and only there',
    {
      ...PHASE3,
      script: {
        'supervisor.phases': [TWO],
        'supervisor.audit': [
          findings([
            { severity: 'error', description: 'Bad' },
            { severity: 'info', category: 'x', description: 'Dull' },
          ]),
          findings([{ description: 'Still', file_path: 'index.html' }]),
          findings([]),
          findings([]),
        ],
      },
    },
  ],
  [
    'as many audits as were wanted are made, and the stage is done',
    {
      ...PHASE3,
      config: { max_audits_per_stage: 2, use_git: true },
      script: {
        'supervisor.audit': [
          { ...findings([{ severity: 'error', description: 'n {{n}}' }]), repeat: 'forever' },
        ],
      },
    },
  ],
  [
    'audits go on although nothing changes',
    {
      ...PHASE3,
      config: { max_audits_per_stage: 6 },
      script: {
        'employee.build': [{ json: { files: { 'index.html': '<p>' } }, repeat: 'forever' }],
        'supervisor.audit': [{ ...findings([{ severity: 'error', description: 'Bad' }]), repeat: 'forever' }],
      },
    },
  ],
  ['an audit without findings is clean', { ...PHASE3, script: { 'supervisor.audit': [{ json: {} }] } }],
  [
    'the question is asked from the warning on, and a yes in full is none',
    { ...PHASE3, config: { interactive_cost_mode: 'once', cost_warning_usd: 0.001 }, inputs: ['yes'] },
  ],
  [
    'rounds over all stages go on until they are approved',
    { ...OLD, script: { 'supervisor.phases': [TWO], 'manager.review': [NEEDS_CHANGES, APPROVED] } },
  ],
  [
    'the last word stands when nothing was approved',
    { ...OLD, script: { 'manager.review': [{ json: { status: 'meh' }, repeat: 'forever' }] } },
  ],
  [
    'tests that failed get the larger model',
    {
      ...OLD,
      script: {
        'employee.build': [{ json: { files: {} }, repeat: 'forever' }],
        'manager.review': [NEEDS_CHANGES, APPROVED],
      },
    },
  ],
];

/** Situations in which the predecessor had a defect, made from what is said about it, and how ours differs. */
const asIntended: readonly (readonly [
  situation: string,
  defects: readonly number[],
  scenario: MadeScenario,
])[] = [
  [
    'an employee that is dead at one of two stages',
    [34],
    {
      ...PHASE3,
      script: {
        'supervisor.phases': [TWO],
        'employee.build': [
          { http: 500, repeat: 5 },
          { json: { files: { 'a.html': '{{n}}' } }, repeat: 'forever' },
        ],
      },
      record: goOnAsIfAnswered,
    },
  ],
  [
    'an abort on the console',
    [13],
    {
      ...THREE,
      config: { interactive_cost_mode: 'once' },
      inputs: ['n'],
      record: (run) => ({ ...run, status: null }),
      trace: { status: { coreLog: null, runLog: [{ final_status: 'aborted_by_user_after_planning' }] } },
    },
  ],
];

describe('a scenario like the recorded ones, of a module with stages', () => {
  it.concurrent.each(asBefore)('is equal: %s', async (_, scenario) => {
    const outcome = await judgeScenario(makeScenario(scenario));

    expect(outcome).toEqual({ verdict: 'equal', defects: [], unexplained: [], unnoticed: [] });
  });

  it.concurrent.each(asIntended)('differs as intended: %s', async (_, defects, scenario) => {
    const outcome = await judgeScenario(makeScenario(scenario));

    expect(outcome).toEqual({ verdict: 'intended', defects, unexplained: [], unnoticed: [] });
  });
});

function phases(given: unknown) {
  return { json: { phases: given } };
}

function findings(given: readonly unknown[]) {
  return { json: { findings: given } };
}

/** The stand-in of a dead call is taken for an answer, and the stage is not worked on again. */
function goOnAsIfAnswered(run: Observation): Observation {
  const dead = run.calls.findIndex(({ usage }) => usage === null);
  const audits = run.calls.filter(({ role }) => role === 'supervisor.audit');
  const calls: readonly ObservedCall[] = [
    ...run.calls.slice(0, dead + 1),
    ...audits.slice(0, 1),
    ...run.calls.slice(dead + 1, dead + 3),
  ];
  const requests = calls.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return { ...run, calls, requests, retries: requests - calls.length, cost: sumCost(calls) };
}
