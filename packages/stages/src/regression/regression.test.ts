import type { Finding } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LONG_LINE } from '../../test/findings.ts';
import { decideReopen } from '../cycle/decide-reopen.ts';
import { evolveStage, newStage } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import { attributeChange } from './attribute-change.ts';
import type { Attribution, StageEdit } from './attribute-change.ts';
import { blastRadius } from './blast-radius.ts';
import { detectRegression } from './detect-regression.ts';
import type { RegressionFacts } from './detect-regression.ts';
import { guaranteesOf, guaranteesTouched } from './guarantee.ts';

const PAGE = { path: 'index.html', hash: 'p1' };
const PASSED = [{ check: 'html', files: [PAGE] }];
const DELIVERED: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'check', contentHash: 'a1', findings: [], passed: PASSED },
];
const COMPLETED: readonly StageEvent[] = [
  ...DELIVERED,
  { type: 'audit', contentHash: 'a1', findings: [] },
  { type: 'complete' },
];
const GUARANTEE = { stageId: 'layout', check: 'html', files: [PAGE] };

describe('guaranteesOf', () => {
  it('gives what passed when the stage was completed', () => {
    expect(guaranteesOf('layout', COMPLETED.reduce(evolveStage, newStage))).toEqual([GUARANTEE]);
  });

  it.each<[string, readonly StageEvent[]]>([
    ['is not completed', DELIVERED],
    ['was reopened', [...COMPLETED, { type: 'reopen', reason: 'it broke' }]],
    [
      'was completed with what was not checked',
      [
        ...DELIVERED,
        { type: 'audit', contentHash: 'a1', findings: [LONG_LINE] },
        { type: 'fix' },
        { type: 'deliver', contentHash: 'b2' },
        { type: 'audit', contentHash: 'b2', findings: [] },
        { type: 'complete' },
      ],
    ],
  ])('gives nothing for a stage that %s', (_what, events) => {
    expect(guaranteesOf('layout', events.reduce(evolveStage, newStage))).toEqual([]);
  });
});

describe('guaranteesTouched', () => {
  it('names those about a changed file', () => {
    const other = { stageId: 'style', check: 'css', files: [{ path: 'style.css', hash: 's1' }] };

    expect(guaranteesTouched([GUARANTEE, other], ['style.css', 'about.html'])).toEqual([other]);
  });
});

describe('attributeChange', () => {
  it.each<[string, readonly StageEdit[], Pick<Attribution, 'stageId' | 'certainty'>]>([
    [
      'the stage that alone has changed it',
      [edit('prices', 'p1', 'p2')],
      { stageId: 'prices', certainty: 'only' },
    ],
    [
      'it although others changed it before',
      [
        edit('layout', null, 'p0'),
        edit('menu', 'p0', 'p1'),
        edit('prices', 'p1', 'p2'),
        edit('prices', 'p2', 'p3'),
      ],
      { stageId: 'prices', certainty: 'only' },
    ],
    [
      'it although another change was taken back',
      [edit('menu', 'p1', 'p2'), edit('menu', 'p2', 'p1'), edit('prices', 'p1', 'p3')],
      { stageId: 'prices', certainty: 'only' },
    ],
    [
      'the current stage when several have changed it',
      [edit('menu', 'p1', 'p2'), edit('prices', 'p2', 'p3')],
      { stageId: 'current', certainty: 'ambiguous' },
    ],
    [
      'the current stage when somebody else has changed it, too',
      [edit('prices', 'p7', 'p8')],
      { stageId: 'current', certainty: 'ambiguous' },
    ],
    ['the current stage when nobody has changed it', [], { stageId: 'current', certainty: 'ambiguous' }],
  ])('names %s', (_what, edits, attribution) => {
    expect(attributeChange([PAGE], edits, 'current')).toMatchObject(attribution);
  });

  it('names the files that were changed, and the current stage when two stages changed one each', () => {
    const style = { path: 'style.css', hash: 's1' };
    const edits = [
      edit('prices', 'p1', 'p2'),
      { stageId: 'menu', path: 'style.css', before: 's1', after: 's2' },
    ];

    expect(attributeChange([PAGE, style], edits.slice(0, 1), 'menu')).toEqual({
      stageId: 'prices',
      certainty: 'only',
      files: ['index.html'],
    });
    expect(attributeChange([PAGE, style], edits, 'menu')).toEqual({
      stageId: 'menu',
      certainty: 'ambiguous',
      files: ['style.css'],
    });
  });
});

describe('detectRegression', () => {
  const finding: Finding = {
    severity: 'error',
    source: 'supervisor',
    description: 'The price is gone.',
    file: 'index.html',
    quote: '<p></p>',
    requirement: 'Prices  are shown.',
  };
  const facts: RegressionFacts = {
    currentStageId: 'menu',
    currentRequirements: ['There is a menu.'],
    guarantees: [GUARANTEE],
    failedChecks: [],
    findings: [],
    completed: [
      { stageId: 'layout', requirements: [] },
      { stageId: 'prices', requirements: ['Prices are shown.'] },
    ],
    edits: [edit('layout', null, 'p1'), edit('menu', 'p1', 'p2')],
  };

  it('sees nothing where guarantees hold and no requirement of others is named', () => {
    expect(detectRegression({ ...facts, failedChecks: ['css'], findings: [LONG_LINE] })).toEqual([]);
  });

  it('names the stage whose guarantee fails, and who broke it', () => {
    expect(detectRegression({ ...facts, failedChecks: ['html'] })).toMatchObject([
      { stageId: 'layout', source: { stageId: 'menu', certainty: 'only' }, brokenChecks: ['html'] },
    ]);
  });

  it('names the stage of a requirement that an error says is not met', () => {
    const edits = [edit('layout', null, 'p1'), edit('prices', 'p1', 'p2'), edit('menu', 'p2', 'p3')];

    expect(detectRegression({ ...facts, findings: [finding], edits })).toEqual([
      {
        stageId: 'prices',
        source: { stageId: 'menu', certainty: 'only', files: ['index.html'] },
        brokenChecks: [],
        findings: [finding],
        reason: 'After menu: its requirement "Prices  are shown." is not met.',
      },
    ]);
  });

  it.each<[string, Partial<RegressionFacts>]>([
    ['a warning', { findings: [{ ...finding, severity: 'warning' }] }],
    [
      'the own requirement of the current stage',
      { findings: [finding], currentRequirements: ['Prices are shown.'] },
    ],
    ['a requirement nobody has', { findings: [{ ...finding, requirement: 'It is fast.' }] }],
    ['a stage that is the current one', { findings: [finding], currentStageId: 'prices' }],
  ])('does not take %s for a regression', (_what, change) => {
    expect(detectRegression({ ...facts, ...change })).toEqual([]);
  });
});

describe('blastRadius', () => {
  const stages = [
    { stageId: 'layout', dependsOn: [], files: ['index.html'] },
    { stageId: 'menu', dependsOn: ['layout'], files: ['index.html'] },
    { stageId: 'style', dependsOn: ['layout'], files: ['style.css'] },
    { stageId: 'print', dependsOn: ['style'], files: [] },
    { stageId: 'server', dependsOn: [], files: ['index.html'] },
  ];

  it('reaches dependents, near and far, that have to do with what was changed, and no others', () => {
    const printed = { stageId: 'print', check: 'print', files: [PAGE] };
    const served = { stageId: 'server', check: 'http', files: [PAGE] };

    expect(
      blastRadius({ stageId: 'layout', changedFiles: ['index.html'] }, stages, [GUARANTEE, printed, served]),
    ).toEqual({ stageIds: ['menu', 'print'], guarantees: [printed], spared: ['style', 'server'] });
  });

  it('comes to an end where dependencies go in a circle', () => {
    const circle = [
      { stageId: 'a', dependsOn: ['b'], files: ['x'] },
      { stageId: 'b', dependsOn: ['a'], files: ['x'] },
    ];

    expect(blastRadius({ stageId: 'a', changedFiles: ['x'] }, circle, []).stageIds).toEqual(['b']);
  });
});

describe('decideReopen', () => {
  const reopen: StageEvent = { type: 'reopen', reason: 'it broke', source: 'menu' };
  const again: readonly StageEvent[] = [reopen, ...DELIVERED.slice(1), ...COMPLETED.slice(3)];

  it('lets later stages reopen a stage so often and not more', () => {
    const twice = [...COMPLETED, ...again, ...again].reduce(evolveStage, newStage);

    expect(decideReopen(COMPLETED.reduce(evolveStage, newStage)).type).toBe('reopen');
    expect(decideReopen(twice)).toEqual({
      type: 'refuse',
      reason: 'Later stages have reopened it 2 times, the most allowed.',
    });
    expect(decideReopen(twice, { maxReopens: 3 }).type).toBe('reopen');
  });

  it('does not count what nobody broke', () => {
    const byHand: readonly StageEvent[] = [{ type: 'reopen', reason: 'I want it blue' }, ...again.slice(1)];

    expect(decideReopen([...COMPLETED, ...byHand, ...byHand].reduce(evolveStage, newStage)).type).toBe(
      'reopen',
    );
  });

  it('refuses to reopen what is worked on', () => {
    expect(decideReopen(DELIVERED.reduce(evolveStage, newStage))).toMatchObject({ type: 'refuse' });
  });
});

function edit(stageId: string, before: string | null, after: string | null): StageEdit {
  return { stageId, path: 'index.html', before, after };
}
