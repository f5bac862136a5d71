import type { RunView } from '@jarvis/loops';
import { createRoadmap } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { renderRun } from './render-run.ts';
import { renderRunList } from './render-run-list.ts';

const view: RunView = {
  runId: '20261122-160057-k3f9az',
  status: 'stopped',
  stop: { status: 'stopped', reason: 'budget', message: 'Cost cap reached.' },
  nextCommand: 'jarvis resume 20261122-160057-k3f9az --max-cost <US dollars>',
  task: 'Build a page\u001b[31m',
  mode: 'SIMPLE_2LOOP',
  dialect: 'modern@1',
  isSimulated: false,
  workspace: '/project',
  startedAtMs: 1_000,
  updatedAtMs: 3_500,
  rounds: [],
  tries: 0,
  snapshots: [],
  roadmapVersions: [],
  stages: [],
  roadmap: createRoadmap([
    { id: 'whole-task', brief: { name: 'Page', goal: 'Page', planSteps: [], requirements: [] } },
  ]),
  files: ['index.html'],
  commits: [{ id: 'a'.repeat(40), subject: 'JARVIS round 1: approved' }],
  messages: [],
  gates: [],
  cost: {
    capUsd: 0.5,
    spentUsd: 0.25,
    inDoubtUsd: 0.001,
    inDoubtCalls: 1,
    calls: 3,
    lines: [
      {
        role: 'manager',
        model: 'gpt-4.1',
        calls: 3,
        usd: 0.249,
        inputTokens: 10,
        cachedInputTokens: 0,
        outputTokens: 5,
      },
    ],
  },
  timeline: [{ seq: 1, atMs: 2_500, text: 'The manager plans' }],
};

describe('renderRun', () => {
  it('tells how the run stands, what it cost, what is in doubt, and what comes next', () => {
    const text = renderRun(view);

    expect(text).toContain('run 20261122-160057-k3f9az: stopped (budget)');
    expect(text).toContain('next: jarvis resume 20261122-160057-k3f9az --max-cost <US dollars>');
    expect(text).toContain('cost: $0.25 of $0.50 (US dollars)');
    expect(text).toContain('manager on gpt-4.1: 3 calls, $0.25');
    expect(text).toContain('in doubt: 1 call, up to $0.001000 (included)');
    expect(text).toContain('aaaaaaaaaa JARVIS round 1: approved');
    expect(text).toContain('+1.5 s  The manager plans');
  });

  it('says when it began, in UTC, and finds the run in the state directory that was given', () => {
    const text = renderRun(view, { stateDir: '/state' });

    expect(text).toContain('started: 1970-01-01 00:00:01 UTC; last record 2.5 s later');
    expect(text).toContain('--max-cost <US dollars> --state-dir /state');
  });

  it('tells what was told the run and is not on record yet', () => {
    const text = renderRun(view, { posted: ['Ada (owner): approve plan-1.1'] });

    expect(text).toMatch(/told and not taken up yet; .*\n {2}Ada \(owner\): approve plan-1\.1\n/u);
  });

  it('does not say twice how a run was cancelled', () => {
    const stop = { status: 'cancelled', reason: 'cancelled', message: 'Cancelled as asked' } as const;

    expect(renderRun({ ...view, status: 'cancelled', stop })).toMatch(/^run \S+: cancelled\nCancelled as/u);
  });

  it('names what gives a run that is over something to do again', () => {
    const { nextCommand: _, ...over } = view;

    const text = renderRun({ ...over, status: 'cancelled', reopenCommand: 'jarvis resume r1 --reopen' });

    expect(text).toContain('to go on all the same: jarvis resume r1 --reopen');
  });

  it('lists what can be brought back under the numbers that restore takes', () => {
    const snapshots = [
      { round: 0, atMs: 1_000, changed: 0, files: [] },
      { round: 3, atMs: 2_000, changed: 1, stage: 'page', files: ['index.html'] },
    ];

    const text = renderRun({ ...view, tries: 1, snapshots });

    expect(text).toContain('with: jarvis restore 20261122-160057-k3f9az --round <number>:\n');
    expect(text).toContain('  0  1970-01-01 00:00:01 UTC  before the run\n');
    expect(text).toContain('  3  1970-01-01 00:00:02 UTC  page: 1 file, index.html\n');
    expect(text).toContain('rounds: 1 over all stages, 0 pieces of work');
  });

  it('keeps every line short, however long a name, a task or a note', () => {
    const long = `a ${'very '.repeat(200)}long one`;
    const [stage] = createRoadmap([
      { id: 'page', brief: { name: long, goal: long, planSteps: [], requirements: [] } },
    ]).stages;
    if (stage === undefined) expect.fail('no stage');

    const text = renderRun({
      ...view,
      task: long,
      roadmap: { version: 1, stages: [{ ...stage, note: long }] },
      timeline: [{ seq: 1, atMs: 2_500, text: long }],
    });

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(230);
  });

  it('says from when on a parked run can go on', () => {
    const stop = { ...view.stop, status: 'parked', reason: 'rate_limited', message: 'Wait.' } as const;

    expect(renderRun({ ...view, stop: { ...stop, retryAtMs: 0 } })).toContain(
      'can go on: after 1970-01-01 00:00:00 UTC',
    );
  });

  it('shows control characters of the task instead of obeying them', () => {
    expect(renderRun(view)).toContain('task: Build a page\\u{1b}[31m');
  });

  it('says of an open run that it runs or has died', () => {
    const { stop: _, nextCommand: __, roadmap: ___, ...rest } = view;

    const text = renderRun({ ...rest, status: 'open', isSimulated: true, commits: [], files: [] });

    expect(text).toContain('It is running, or its process died; resume tells which.');
    expect(text).toContain('simulated: no model was used');
    expect(text).not.toContain('commits:');
  });
});

const place = { folder: '/project', stateDirectory: '/state' };

describe('renderRunList', () => {
  it('says where it looked when there is none, and what happens to runs of a folder that was moved', () => {
    const text = renderRunList([], place);

    expect(text).toContain('Looked for runs of /project in /state; another place: --workspace, --state-dir.');
    expect(text).toContain('one that was moved has them again where it was');
  });

  it('says of a run that cannot be read what is wrong, and shows the others', () => {
    const error = { code: 'JARVIS_JOURNAL_DAMAGED', message: 'Damaged at record 3.', retryable: false };

    const text = renderRunList(
      [
        { runId: 'r1', error },
        { ...view, spentUsd: 0.25 },
      ],
      place,
    );

    expect(text.split('\n')[1]).toBe('r1  unreadable: Damaged at record 3.');
    expect(text).toContain(view.runId);
  });

  it('keeps its columns beside the long id of an imported run', () => {
    const imported = { ...view, runId: `legacy-${'x'.repeat(40)}`, spentUsd: 0.25 };

    const text = renderRunList([imported, { ...view, spentUsd: 0.25 }], place);

    const [title = '', ...lines] = text.trimEnd().split('\n');
    expect(lines.map((line) => line.indexOf('stopped'))).toEqual(lines.map(() => title.indexOf('STATUS')));
  });

  it('has one line for each run, however long or broken its task', () => {
    const long = { ...view, spentUsd: 0.25, task: `first\nsecond ${'x'.repeat(100)}` };

    const text = renderRunList([long], place);

    expect(text).toMatch(
      /\n20261122-160057-k3f9az {2}stopped +\$0\.25 {2}1970-01-01 00:00:01 UTC {2}first second x+…\n$/u,
    );
  });
});
