import {
  orchestratorDialect,
  phase3Dialect,
  threeLoopDialect,
  toThreeLoopStatus,
  visualThreeLoopDialect,
} from '@jarvis/legacy-compat';
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

const THREE_ROUNDS = '3loop-never-approved-git';
const TWO_PHASES = '3loop-approve-first-two-phases';
const UNSAFE = '3loop-safety-fails-on-final';
const FINDINGS = 'phase3-findings-then-clean';
const TWO_AUDITS = 'phase3-max-audits';
const ALL_STAGES = 'orchestrator-safety-off-approved';

type Mutants = readonly (readonly [fault: string, scenario: string, mutant: Partial<Dialect>])[];

const { work, review, routing, arrangeStages, renderCommitSubject } = threeLoopDialect;
const phase3Work = phase3Dialect.work;
const { policies } = orchestratorDialect;
const { audit, ...unaudited } = phase3Dialect;

const threeLoopMutants: Mutants = [
  ['a phase that is left out', TWO_PHASES, { arrangeStages: dropLastStage }],
  [
    'a model that is swapped in round 2',
    THREE_ROUNDS,
    { routing: [wrongModel({ round: { min: 2 } }, 'gpt-4o-mini'), ...routing] },
  ],
  ['a price that is off', THREE_ROUNDS, { prices: wrongPrice(threeLoopDialect) }],
  [
    'feedback that is lost',
    THREE_ROUNDS,
    { work: { ...work, render: (brief) => replaceKey(work.render(brief), 'feedback', null) } },
  ],
  [
    'the first phase in place of each',
    TWO_PHASES,
    { work: { ...work, render: (brief) => replaceKey(work.render(brief), 'phase', null) } },
  ],
  [
    'a safety report that is not told',
    UNSAFE,
    { work: { ...work, render: (brief) => replaceKey(work.render(brief), 'feedback', []) } },
  ],
  ['a safety check that sees nothing', UNSAFE, { inspectSafety: () => [] }],
  [
    'a safety check that sees everything',
    TWO_PHASES,
    {
      inspectSafety: ([file]) => [
        { severity: 'error', source: 'safety', description: 'No.', file: file?.path },
      ],
    },
  ],
  [
    'phases the reviewer is not told of',
    TWO_PHASES,
    { review: { ...review, render: (brief) => withoutKey(review.render(brief), 'phases') } },
  ],
  [
    'a commit with the subject of another module',
    THREE_ROUNDS,
    { renderCommitSubject: (round) => renderCommitSubject(round).replace('3loop', '2loop') },
  ],
  ['a page that is not looked at', '3loop-interactive-yes-visual', threeLoopDialect],
  [
    'a file with another content',
    TWO_PHASES,
    { work: { ...work, reply: work.reply.transform(withFiles((files) => files.map(addLineEnd))) } },
  ],
];

const phase3Mutants: Mutants = [
  [
    'an employee with the small model',
    FINDINGS,
    { routing: [wrongModel({ role: 'employee' }, 'gpt-4o-mini'), ...phase3Dialect.routing] },
  ],
  ['findings that are not told', FINDINGS, { describeFinding: () => 'Something.' }],
  [
    'findings of an earlier cycle that are told again',
    FINDINGS,
    audit === undefined
      ? {}
      : { audit: { ...audit, reply: audit.reply.transform((reply) => ({ ...reply, gone: [] })) } },
  ],
  [
    'feedback that is empty instead of null',
    TWO_AUDITS,
    {
      work: {
        ...phase3Work,
        render: (brief) => phase3Work.render(brief).replace('"feedback":null', '"feedback":[]'),
      },
    },
  ],
  [
    'context notes that are left out',
    'phase3-zero-findings',
    { work: { ...phase3Work, render: (brief) => withoutKey(phase3Work.render(brief), 'context_notes') } },
  ],
  ['a commit that is not told by its stage', 'phase3-git-on', { renderCommitSubject: () => 'phase3' }],
];

const orchestratorMutants: Mutants = [
  ['a review that is left out', ALL_STAGES, { policies: { ...policies, finalReview: 'none' } }],
  ['a stage that is left out', ALL_STAGES, { arrangeStages: dropLastStage }],
  ['a suspicious task that is worked on', 'orchestrator-injection-blocked', { screenTask: () => [] }],
];

describe('a fault in a mode with stages is a difference', () => {
  it.concurrent.each([
    ...threeLoopMutants.map((mutant) => spoil(threeLoopOf(mutant[1]), mutant)),
    ...phase3Mutants.map((mutant) => spoil(phase3Dialect, mutant)),
    ...orchestratorMutants.map((mutant) => spoil(orchestratorDialect, mutant)),
    ['an audit that is left out', TWO_AUDITS, unaudited] as const,
  ])('%s (%s)', async (_, scenario, dialect) => {
    const file = await readOwnScenario(scenario);

    const { verdict, unexplained } = await judgeScenario(file, dialect);

    expect(verdict).toBe('difference');
    expect(unexplained).not.toEqual([]);
  });

  it('a status that is renamed', async () => {
    const file = await readOwnScenario(UNSAFE);

    const { verdict, unexplained } = await judgeScenario(file, threeLoopDialect, (result) =>
      toThreeLoopStatus(result).toUpperCase(),
    );

    expect(verdict).toBe('difference');
    expect(unexplained).toEqual(['/status']);
  });
});

function spoil(dialect: Dialect, [fault, scenario, mutant]: Mutants[number]) {
  return [fault, scenario, { ...dialect, ...mutant }] as const;
}

function threeLoopOf(scenario: string): Dialect {
  return scenario.endsWith('visual') ? visualThreeLoopDialect : threeLoopDialect;
}

function dropLastStage(...[division, plan]: Parameters<NonNullable<typeof arrangeStages>>) {
  const arranged = arrangeStages?.(division, plan) ?? division;
  const [first, ...rest] = arranged.stages;
  if (first === undefined) return arranged;
  const planSteps = plan.steps.map((_step, index) => index);
  return { ...arranged, stages: [{ ...first, planSteps }, ...rest.slice(0, -1)] };
}
