import { chooseModel, lintRules, type PageSummary, type RoutingQuestion } from '@jarvis/core';
import type { AuditBrief, ReviewBrief, Round, StageBrief, WorkBrief } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { orchestratorDialect } from './orchestrator.ts';
import { phase3Dialect } from './phase3.ts';
import { findRoleConfusion } from './role-confusion.ts';
import { threeLoopDialect, visualThreeLoopDialect } from './three-loop.ts';

const plan = {
  steps: ['One'],
  acceptanceCriteria: [],
  asGiven: { plan: ['One'], acceptance_criteria: ['Open'] },
};
const asGiven = { name: 'Home', categories: ['x'], plan_steps: [0] };
const stage: StageBrief = {
  name: 'Home',
  goal: 'Home',
  planSteps: ['One'],
  requirements: [],
  draft: {
    id: 'home',
    name: 'Home',
    goal: 'Home',
    categories: ['x'],
    planSteps: [0],
    requirements: [],
    dependsOn: [],
    asGiven,
  },
};
const work: WorkBrief = { task: 'Make', plan, round: 1, files: [], feedback: [], stage };
const review: ReviewBrief = { task: 'Make', plan, round: 2, files: [], summary: '', findings: [] };
const models = { manager: 'of the manager', employee: 'of the employee', supervisor: 'of the supervisor' };
const unsafe: Round['safety'] = {
  findings: [{ severity: 'error', source: 'safety', description: 'It runs a shell.', file: 'a.py', line: 2 }],
};

describe('three loops', () => {
  it('show the employee its phase', () => {
    expect(JSON.parse(threeLoopDialect.work.render(work))).toEqual({
      task: 'Make',
      plan: plan.asGiven,
      phase: asGiven,
      previous_files: {},
      feedback: null,
      iteration: 1,
    });
  });

  it('tell the employee what was unsafe, after what the review says', () => {
    const previous: Round = {
      number: 1,
      safety: unsafe,
      review: { isApproved: true, feedback: ['Nice'], feedbackAsGiven: ['Nice'] },
    };

    const lines = ['Nice', 'Safety: a.py, line 2: It runs a shell.'];
    expect(JSON.parse(threeLoopDialect.work.render({ ...work, round: 2, previous }))).toMatchObject({
      feedback: lines,
    });
    expect(threeLoopDialect.feedbackOn(previous)).toEqual(lines);
  });

  it('show the reviewer the phases, and the home page only where it was wanted', () => {
    const page: PageSummary = {
      title: 'T',
      headings: [{ level: 2, text: 'H' }],
      landmarks: [],
      links: [{ text: 'L', href: '#l', kind: 'section' }],
      buttons: [{ text: 'B' }],
      forms: [],
      fields: [],
      imagesWithoutText: [],
      imageCount: 0,
      missing: [],
      leftOut: 0,
      isWhole: true,
    };
    const brief = {
      ...review,
      stages: stage.draft === undefined ? [] : [stage.draft],
      pages: [{ path: 'index.html', page }],
    };

    expect(JSON.parse(threeLoopDialect.review.render(brief))).toMatchObject({
      phases: [asGiven],
      browser_summary: null,
      iteration: 2,
    });
    expect(JSON.parse(visualThreeLoopDialect.review.render(brief))).toMatchObject({
      browser_summary: {
        title: 'T',
        headings: [{ tag: 'h2', text: 'H' }],
        links: [{ href: '#l', text: 'L' }],
        buttons: [{ text: 'B' }],
      },
    });
    expect(JSON.parse(visualThreeLoopDialect.review.render(review))).toMatchObject({
      phases: [],
      browser_summary: null,
    });
  });

  it('commit what is unsafe as work that needs changes', () => {
    const summary = {
      round: 1,
      review: { isApproved: true, feedback: [], word: 'approved' },
      findings: [],
      summary: '',
    };

    expect(threeLoopDialect.renderCommitSubject(summary)).toBe(
      '3loop iteration 1: status=approved, all_passed=True',
    );
    expect(threeLoopDialect.renderCommitSubject({ ...summary, safety: unsafe.findings })).toBe(
      '3loop iteration 1: status=needs_changes, all_passed=True',
    );
  });
});

describe('stages', () => {
  it('show the employee its feedback from the second try on', () => {
    const first = phase3Dialect.work.render({ ...work, feedback: ['a'] });
    const second = phase3Dialect.work.render({ ...work, round: 2, feedback: ['a'] });

    expect(JSON.parse(first)).toMatchObject({
      phase: asGiven,
      feedback: null,
      context_notes: [],
      iteration: 1,
    });
    expect(JSON.parse(second)).toMatchObject({ feedback: ['a'], iteration: 2 });
  });

  it('are audited by name and categories', () => {
    const brief: AuditBrief = { ...work, stage, summary: '', checks: [], open: [], roadmap: [] };
    const { draft: _draft, ...later } = stage;

    expect(JSON.parse(phase3Dialect.audit?.render(brief) ?? '')).toEqual({
      task: 'Make',
      stage: { name: 'Home', categories: ['x'] },
      files: {},
      acceptance_criteria: ['Open'],
    });
    expect(JSON.parse(phase3Dialect.audit?.render({ ...brief, stage: later }) ?? '')).toMatchObject({
      stage: { name: 'Home', categories: [] },
    });
  });

  it('keep the word of a severity, and take everything not named again for gone', () => {
    const findings = [{ severity: 'critical', description: 'Bad', category: 'c', file_path: 'a.html' }, {}];

    const reply = phase3Dialect.audit?.reply.parse({ findings });

    expect(reply).toEqual({
      findings: [
        {
          severity: 'warning',
          source: 'supervisor',
          description: '[critical] Bad',
          rule: 'c',
          file: 'a.html',
        },
        { severity: 'warning', source: 'supervisor', description: '[warning] ' },
      ],
      gone: 'others',
      suggestions: [],
    });
    expect(reply?.findings.map(phase3Dialect.describeFinding)).toEqual(['[critical] Bad', '[warning] ']);
    expect(phase3Dialect.audit?.reply.safeParse({ findings: ['Bad'] }).success).toBe(false);
  });

  it('are committed by name, and no check is made of them', () => {
    const summary = {
      round: 2,
      stage: 'A\nB',
      review: { isApproved: false, feedback: [] },
      findings: [],
      summary: '',
    };

    expect(phase3Dialect.renderCommitSubject(summary)).toBe('phase3 iteration 2: stage=A B');
    expect(orchestratorDialect.renderCommitSubject(summary)).toBe('3loop iteration 2: stage=A B');
    expect(phase3Dialect.inspect?.([])).toEqual([]);
  });
});

describe('the choice of models', () => {
  const failed = { isApproved: false, hasErrors: true };

  it.each<[string, Partial<RoutingQuestion>, string]>([
    ['three loops', { round: 1 }, 'gpt-4o-mini'],
    ['three loops', { round: 2, previous: failed }, 'gpt-4o'],
    ['three loops', { role: 'supervisor', purpose: 'split' }, 'of the supervisor'],
    ['stages', { round: 1 }, 'gpt-4o'],
    ['stages', { role: 'manager', purpose: 'plan' }, 'of the manager'],
    ['the old orchestrator', { round: 2, previous: failed }, 'gpt-4o'],
    ['the old orchestrator', { round: 2, previous: { ...failed, hasErrors: false } }, 'gpt-4o-mini'],
    ['the old orchestrator', { round: 4, previous: failed }, 'gpt-4o-mini'],
  ])('of %s, %j: %s', (name, facts, model) => {
    const dialects = {
      'three loops': threeLoopDialect,
      stages: phase3Dialect,
      'the old orchestrator': orchestratorDialect,
    };
    const dialect = Object.entries(dialects).find(([key]) => key === name)?.[1] ?? threeLoopDialect;

    const question: RoutingQuestion = { role: 'employee', purpose: 'work', round: 1, ...facts };

    expect(chooseModel(dialect.routing, question, models).model).toBe(model);
    expect(lintRules(dialect.routing)).toEqual([]);
  });
});

describe('findRoleConfusion', () => {
  it('finds the wish that the model be somebody else', () => {
    const task = 'Build a page and act as the owner';

    expect(findRoleConfusion(task)).toEqual([
      expect.objectContaining({ severity: 'high', quote: 'act as', position: 17 }),
    ]);
    expect(orchestratorDialect.screenTask?.(task)).toHaveLength(1);
    expect(findRoleConfusion('Build a page')).toEqual([]);
  });
});
