import type { RunSummary } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chooseTeam, type TeamQuestion } from './choose-team.ts';
import { type ProjectFacts, surveyProject } from './survey-project.ts';
import { teamChoiceSchema } from '../engine/team-choice.ts';
import { levels, teamRules, teams } from './team-rules.ts';

const EMPTY = surveyProject([], 'none');

const RUN: RunSummary = {
  runId: 'r1',
  task: 'Write the imprint',
  status: 'done',
  isSimulated: false,
  startedAtMs: 1,
  updatedAtMs: 1,
  decisions: [],
  findings: [],
  open: [],
  files: [],
  spentUsd: 0,
};

const ERROR = { severity: 'error', source: 'html', description: 'No\u200B title', file: 'a.html' } as const;

describe('chooseTeam', () => {
  it('gives a task without any sign to a team of two', () => {
    expect(choose({ task: 'Do it' })).toEqual({
      mode: 'SIMPLE_2LOOP',
      because: 'It looks like medium effort (0) and low risk (0): a manager and an employee are enough.',
      indicators: [],
    });
  });

  it('shows what it went by, with the words as they stand in the task', () => {
    const { mode, because, indicators } = choose({
      task: 'Please refactor\u202E how Payments are\nencrypted',
    });

    expect(mode).toBe('LEGACY_3LOOP');
    expect(indicators).toEqual([
      {
        name: 'much-work',
        about: 'task',
        axis: 'effort',
        value: 2,
        weight: 1,
        evidence: [
          { what: 'refactor', quote: 'Please refactor how Payments' },
          { what: 'payment', quote: 'refactor how Payments are encrypted' },
        ],
      },
      {
        name: 'risky-words',
        about: 'task',
        axis: 'risk',
        value: 2,
        weight: 1,
        evidence: [
          { what: 'payment', quote: 'refactor how Payments are encrypted' },
          { what: 'encrypted', quote: 'Payments are encrypted' },
        ],
      },
    ]);
    expect(because).toBe(
      'It looks like medium effort (2) and medium risk (2): a supervisor and a look at safety are worth their price. ' +
        'What weighed most: much-work +2 ("Please refactor how Payments", "refactor how Payments are encrypted"); ' +
        'risky-words +2 ("refactor how Payments are encrypted", "Payments are encrypted").',
    );
  });

  it.each<[string, Partial<TeamQuestion>, readonly unknown[]]>([
    ['many words', { task: 'word '.repeat(150) }, [['length', 2, '150 words', undefined]]],
    ['words without spaces between', { task: '字'.repeat(120) }, [['length', 1, '60 words', undefined]]],
    ['items', { task: '- a\n 2) b\n* c\nnone' }, [['list', 1, 'listed', '- a']]],
    ['things after a colon', { task: 'Now: fish, meat and rice' }, [['list', 1, 'listed', 'fish']]],
    ['two things after a colon', { task: 'Now: fish and rice' }, []],
    ['a product', { task: 'A CRM from scratch' }, [['product', 1, 'crm', 'A CRM from scratch']]],
    ['files', { task: 'a.ts b/c.ts d.py e.css. e.css' }, [['named-files', 1, 'file', 'a.ts']]],
    ['stated importance', { importance: 'high' }, [['important', 1, 'stated importance: high', undefined]]],
    ['stated unimportance', { importance: 'low' }, [['unimportant', 1, 'stated importance: low', undefined]]],
    ['normal importance', { importance: 'normal' }, []],
    [
      'code',
      { project: project({ sourceFiles: 200 }) },
      [['existing-code', 2, '200 source files of 0 files, 0 bytes', undefined]],
    ],
    [
      'code without tests',
      { project: project({ sourceFiles: 10, hasTests: false }) },
      [['no-tests', 1, '10 source files and no tests', undefined]],
    ],
    [
      'uncommitted changes',
      { project: project({ git: 'dirty' }) },
      [['uncommitted', 1, 'there are changes nobody has committed', undefined]],
    ],
    [
      'code without a repository',
      { project: project({ git: 'none', sourceFiles: 1 }) },
      [['no-repository', 1, 'there is code and no repository', undefined]],
    ],
    [
      'languages',
      { project: project({ languages: ['A', 'B', 'C', 'D'].map((name) => ({ name, files: 1, bytes: 1 })) }) },
      [['languages', 1, 'A: 1 file', undefined]],
    ],
    [
      'the same task left unfinished',
      {
        task: 'Fill the imprint',
        session: {
          runs: [
            { ...RUN, startedAtMs: 2 },
            { ...RUN, task: 'Fill the imprint now', status: 'failed' },
          ],
        },
      },
      [['same-unfinished', 1, 'run r1: failed', 'Fill the imprint now']],
    ],
    [
      'a newest run that did not finish',
      { session: { runs: [RUN, { ...RUN, runId: 'r2', startedAtMs: 2, status: 'stopped' }] } },
      [['last-unfinished', 1, 'run r2: stopped', 'Write the imprint']],
    ],
    [
      'errors',
      { session: { runs: [{ ...RUN, findings: [ERROR] }] } },
      [['open-errors', 1, 'error in a.html', 'No title']],
    ],
    [
      'what is open',
      { session: { runs: [{ ...RUN, open: ['x', 'y', 'z'] }] } },
      [['left-open', 1, 'open', 'x']],
    ],
    [
      'decisions',
      { session: { runs: [{ ...RUN, decisions: Array.from({ length: 20 }, (_, index) => String(index)) }] } },
      [['decisions', 1, 'decisions of 1 run', undefined]],
    ],
    [
      'good runs',
      { session: { runs: [RUN, RUN, RUN] } },
      [['good-runs', 1, 'run r1: done', 'Write the imprint']],
    ],
    ['two good runs', { session: { runs: [RUN, RUN] } }, []],
    [
      'simulated runs',
      { session: { runs: [{ ...RUN, status: 'failed', isSimulated: true, open: ['a', 'b', 'c'] }] } },
      [],
    ],
    ['a run somebody cancelled', { session: { runs: [{ ...RUN, status: 'cancelled' }] } }, []],
  ])('weighs %s', (_, question, expected) => {
    const { indicators } = choose(question);

    expect(
      indicators.map(({ name, value, evidence: [first] }) => [name, value, first?.what, first?.quote]),
    ).toEqual(expected);
  });

  it('goes by effort first, then by risk', () => {
    const modes = ['Rename it', 'Do it', 'Rewrite and migrate the entire architecture'].map((task) =>
      (['low', 'high'] as const).map((importance) => choose({ task, importance }).mode),
    );

    expect(modes).toEqual([
      ['SIMPLE_2LOOP', 'SIMPLE_2LOOP'],
      ['SIMPLE_2LOOP', 'LEGACY_3LOOP'],
      ['PHASE3', 'PHASE3'],
    ]);
  });

  it('gives what can be recorded, and the same answer each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(2_000), (task, sourceFiles) => {
        const question = { task, project: project({ sourceFiles }), session: { runs: [RUN] } };

        const choice = chooseTeam(question);

        expect(teamChoiceSchema.parse(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
        expect(chooseTeam(question)).toEqual(choice);
      }),
    );
  });

  it.each([
    'a'.repeat(1_000_000),
    '.'.repeat(1_000_000),
    'a.'.repeat(500_000),
    '- \n'.repeat(300_000),
    ': '.repeat(500_000),
  ])('reads a task of any length once (%#)', (task) => {
    expect(choose({ task }).because.length).toBeLessThan(2_000);
  });
});

describe('teamRules', () => {
  it('has one name for each rule, and steps that rise', () => {
    expect(new Set(teamRules.map(({ name }) => name)).size).toBe(teamRules.length);
    for (const { steps } of teamRules) expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('never gives a smaller team for more effort or more risk', () => {
    const sizes = ['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3'];
    const order = ['low', 'medium', 'high'] as const;
    const rows = order.map((effort) => order.map((risk) => sizes.indexOf(teams[effort][risk])));
    const columns = order.map((_, index) => rows.map((row) => row[index]));

    for (const line of [...rows, ...columns]) expect(line).toEqual(line.toSorted());
    expect(levels.effort.medium).toBeLessThan(levels.effort.high);
    expect(levels.risk.medium).toBeLessThan(levels.risk.high);
  });
});

function choose(question: Partial<TeamQuestion>) {
  return chooseTeam({ task: 'Do it', project: EMPTY, session: { runs: [] }, ...question });
}

function project(part: Partial<ProjectFacts>): ProjectFacts {
  return { ...EMPTY, git: 'clean', hasTests: true, ...part };
}
