import { readdirSync } from 'node:fs';

import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';
import { type Exception, LARGE_TASK, mendedPage } from './served-team.ts';
import { listQuestions, runWorkflow } from './workflow.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

/** The first review of the work asks for a change. */
const rejectsOnce: Exception = ({ purpose, time }) =>
  purpose === 'review' && time === 1
    ? { type: 'json', content: { approved: false, feedback: ['Name the sheet bend, too.'] } }
    : undefined;

describe('a simple task with two loops', () => {
  it('is planned, done and reviewed', async () => {
    const { code, asked, shown } = await runWorkflow(shell, { flags: ['--mode', 'SIMPLE_2LOOP'] });

    expect(listQuestions(asked)).toEqual(['plan', 'work', 'review']);
    expect(code).toBe(0);
    expect(shown).toMatchObject({ status: 'done', stop: { reason: 'approved' } });
    expect(readdirSync(shell.folder).sort()).toEqual(['index.html', 'notes.txt']);
  });

  it('is done again with what the review has asked for', async () => {
    const { code, asked } = await runWorkflow(shell, {
      flags: ['--mode', 'SIMPLE_2LOOP'],
      exception: rejectsOnce,
    });

    expect(listQuestions(asked)).toEqual(['plan', 'work', 'review', 'work', 'review']);
    expect(asked[3]?.brief).toMatchObject({ round: 2, feedback: ['Name the sheet bend, too.'] });
    expect(code).toBe(0);
  });
});

describe('a task that is supervised, with three loops', () => {
  it('is planned, divided into phases, done phase by phase and reviewed as a whole', async () => {
    const { code, asked, shown } = await runWorkflow(shell, { flags: ['--mode', 'LEGACY_3LOOP'] });

    expect(listQuestions(asked)).toEqual(['plan', 'split', 'work Page', 'work Notes', 'review']);
    expect(code).toBe(0);
    expect(shown.roadmap.stages.map(({ brief, status }) => [brief.name, status])).toEqual([
      ['Page', 'completed'],
      ['Notes', 'completed'],
    ]);
  });

  it('goes through every phase again with what the review has asked for', async () => {
    const { code, asked } = await runWorkflow(shell, {
      flags: ['--mode', 'LEGACY_3LOOP'],
      exception: rejectsOnce,
    });

    expect(listQuestions(asked).slice(5)).toEqual(['work Page', 'work Notes', 'review']);
    expect(asked[5]?.brief.feedback).toEqual(['Name the sheet bend, too.']);
    expect(code).toBe(0);
  });
});

/** The first audit of the page finds an error and wants another stage, which the manager agrees to. */
const auditsStrictly: Exception = ({ purpose, brief: { stage }, time }) => {
  if (purpose === 'decide') {
    return { type: 'json', content: { answers: [{ agreed: true, reason: 'People look things up.' }] } };
  }
  if (purpose !== 'audit' || stage?.name !== 'Page' || time > 1) return undefined;
  const finding = {
    severity: 'error',
    category: 'content_ux',
    file: 'index.html',
    quote: '<p>A bowline holds.</p>',
    requirement: 'index.html has a title',
    description: 'Say what it is good for.',
  };
  const suggestion = { type: 'add', name: 'Index', goal: 'There is an index.', reason: 'To find it.' };
  return { type: 'json', content: { open: [], findings: [finding], suggestions: [suggestion] } };
};

describe('a project of several stages, in the adaptive mode', () => {
  it('is worked on stage by stage, mended where an audit finds something, and grows by what is agreed to', async () => {
    const { code, asked, shown } = await runWorkflow(shell, {
      flags: ['--mode', 'PHASE3'],
      exception: (question) =>
        question.purpose === 'work' && question.brief.stage?.name === 'Page' && question.time === 2
          ? mendedPage()
          : auditsStrictly(question),
    });

    expect(listQuestions(asked)).toEqual([
      'plan',
      'split',
      'work Page',
      'audit Page',
      'decide',
      'work Page',
      'audit Page',
      'work Notes',
      'audit Notes',
      'work Index',
      'audit Index',
      'review',
    ]);
    expect(asked[5]?.brief.feedback).toEqual([expect.stringContaining('Say what it is good for.')]);
    expect(shown.roadmap.stages.map(({ brief, status }) => [brief.name, status])).toEqual([
      ['Page', 'completed'],
      ['Notes', 'completed'],
      ['Index', 'completed'],
    ]);
    expect(shown).toMatchObject({ status: 'done', stop: { reason: 'approved' } });
    expect(code).toBe(0);
  });
});

describe('a task whose team is chosen by what it looks like', () => {
  it('is given to two when it is small', async () => {
    const { asked, shown } = await runWorkflow(shell, { flags: ['--mode', 'CONTEXT_AWARE'] });

    expect(listQuestions(asked)).toEqual(['plan', 'work', 'review']);
    expect(shown.team?.mode).toBe('SIMPLE_2LOOP');
    expect(shown.team?.because).toContain('low risk');
  });

  it('is done in stages when it is large and much can go wrong', async () => {
    const { asked, shown } = await runWorkflow(shell, {
      flags: ['--mode', 'CONTEXT_AWARE'],
      task: LARGE_TASK,
    });

    expect(listQuestions(asked)).toContain('audit Page');
    expect(shown.team?.mode).toBe('PHASE3');
    expect(shown.team?.because).toContain('high effort');
  });

  it('is done as a person says when a person says so', async () => {
    const { asked } = await runWorkflow(shell, { flags: ['--mode', 'SIMPLE_2LOOP'], task: LARGE_TASK });

    expect(listQuestions(asked)).toEqual(['plan', 'work', 'review']);
  });
});
