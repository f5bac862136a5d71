import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MemoryJournal } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import { findImported, importState, renderImport, toRoadmapSummary } from '@jarvis/legacy-compat/migrate';
import { readRun } from '@jarvis/loops';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const NOW = Date.parse('2026-01-10T12:00:00Z');

const WORKFLOW = {
  run_id: 'run_a',
  task: 'Make a site for a glass workshop',
  created_at: '2026-01-02T10:00:00Z',
  roadmap: {
    version: 2,
    active_stage_id: null,
    stages: [
      { id: 's1', name: 'Structure', status: 'reopened', audit_count: 1, regression_source: 's2' },
      { id: 's2', name: 'Gallery', status: 'active', audit_count: 2, categories: ['layout_structure'] },
      { id: 's3', name: 'Footer', status: 'completed', audit_count: 1, plan_steps: [2] },
    ],
  },
  mutations: [{ version: 1 }, { version: 2 }],
};

let root: string;
let journal: MemoryJournal;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'old-state-'));
  journal = new MemoryJournal();
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function put(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const importAll = (isDryRun = false) =>
  importState({ folder: root, journal, clock: new FixedClock({ nowMs: NOW }), isDryRun });

async function importOne() {
  const report = await importAll();
  const [run] = report.runs;
  if (run === undefined) expect.fail('nothing was imported');
  return { report, run, view: await readRun(journal, run.runId) };
}

/** Everything on the disk, with the moments it was changed at. */
const look = () =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => [
      path,
      statSync(join(root, path)).mtimeMs,
      statSync(join(root, path)).isFile() ? readFileSync(join(root, path), 'hex') : '',
    ]);

describe('importState', () => {
  it('makes one run of all that old files say about it', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    put('memory_store/run_a/s3.json', {
      stage_id: 's3',
      stage_name: 'Footer',
      final_status: 'completed',
      iterations: 1,
      findings: [],
    });
    put('stage_summaries/run_a/s3.json', {
      stage_id: 's3',
      summary: "Stage 'Footer' completed after 1 audit cycles",
      iterations: [1],
    });
    put(
      'run_logs_main/run_a.jsonl',
      lines(
        { event_type: 'start', timestamp: '2026-01-02T10:00:01Z', payload: { mode: 'phase3' } },
        { event_type: 'final_status', timestamp: '2026-01-02T10:05:00Z', payload: { status: 'completed' } },
      ),
    );
    put('agent/cost_history.json', [
      {
        run_id: 'run_a',
        role: 'manager',
        model: 'gpt-4o-mini',
        prompt_tokens: 100,
        completion_tokens: 50,
        total_usd: 0.00075,
      },
      {
        run_id: 'run_a',
        role: 'employee',
        model: 'gpt-4o',
        prompt_tokens: 10,
        completion_tokens: 5,
        cost_usd: 0.5,
      },
    ]);

    const { report, run, view } = await importOne();

    expect(report).toMatchObject({ runs: [{ oldId: 'run_a', outcome: 'imported' }], problems: [] });
    expect(run.sources).toHaveLength(5);
    expect(view).toMatchObject({
      task: WORKFLOW.task,
      mode: 'PHASE3',
      dialect: 'legacy-import@1',
      status: 'done',
      startedAtMs: Date.parse('2026-01-02T10:00:00Z'),
      updatedAtMs: Date.parse('2026-01-02T10:05:00Z'),
      cost: { calls: 2, spentUsd: 0.50075 },
    });
    expect(view.roadmap?.stages.map(({ brief, status }) => [brief.name, status])).toEqual([
      ['Structure', 'reopened'],
      ['Gallery', 'blocked'],
      ['Footer', 'completed'],
    ]);
    expect(view.timeline.map(({ text }) => text)).toContain(
      "Stage 'Footer' completed after 1 audit cycles (1 cycles, 0 findings)",
    );
    expect(view.nextCommand).toBeUndefined();
  });

  it('makes rounds of a run log, with the costs the predecessor had struck out', async () => {
    put('run_logs/site/run_log.json', [
      {
        run_id: 'r1',
        mode: '3loop',
        task: 'Make a page',
        final_status: 'needs_changes',
        iterations: [
          { iteration: 1, status: 'needs_changes' },
          { iteration: 2, status: 'approved' },
        ],
        cost_summary: { total_input_tokens: '***REDACTED***' },
      },
    ]);

    const { view } = await importOne();

    expect(view).toMatchObject({ mode: 'LEGACY_3LOOP', status: 'partial' });
    expect(view.rounds.map(({ review }) => review?.word)).toEqual(['needs_changes', 'approved']);
  });

  it('tells a roadmap in its old shape', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    const { run } = await importOne();

    const imported = await findImported(journal, run.runId);

    expect(imported === undefined ? undefined : toRoadmapSummary(imported)).toMatchObject({
      run_id: 'run_a',
      version: 2,
      mutations: 2,
      total_stages: 3,
      completed_stages: 1,
      stages: [{ id: 's1', audit_count: 1, regression_source: 's2' }, { id: 's2' }, { plan_steps: [2] }],
    });
  });

  it('lists the snapshots of rounds and imports nothing when it only looks', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    put('sites/a/.history/iteration_1/index.html', '<h1>');

    const report = await importAll(true);

    expect(report.runs).toMatchObject([{ outcome: 'found' }]);
    expect(report.snapshots).toEqual([{ path: 'sites/a/.history/iteration_1', files: ['index.html'] }]);
    expect(renderImport(report)).toContain('would be imported');
    await expect(journal.listRuns()).resolves.toEqual([]);
  });

  it('says that there is nothing in a folder without old state', async () => {
    const report = await importAll();

    expect(renderImport(report)).toMatch(/^No runs of the predecessor were found/u);
  });
});

describe('damaged and foreign state', () => {
  it('B67: names a checkpoint that was cut and reads the rest', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    put('checkpoint.json', '{"checkpoint_version": "1.0", "run_id": "ru');

    const { report, view } = await importOne();

    expect(report.problems).toEqual(['checkpoint.json: it is cut or damaged; it was left out']);
    expect(view.roadmap?.stages).toHaveLength(3);
  });

  it('B68: names a checkpoint of a version nobody knows and leaves it out', async () => {
    put('checkpoint.json', { checkpoint_version: '9.9', run_id: 'run_b' });

    const report = await importAll();

    expect(report).toMatchObject({
      runs: [],
      problems: ['checkpoint.json: its version "9.9" is not known; it was left out'],
    });
  });

  it('B69: reads files with fields more, fields less and fields of another type', async () => {
    put('run_workflows/run_a_workflow.json', {
      extra: { deep: [1] },
      stages: [
        { name: 7, status: null, categories: 'x', plan_steps: ['a', 1] },
        'no stage',
        { id: 's', name: 'S', more: true },
      ],
    });
    put('memory_store/run_a/odd.json', { findings: 'none', iterations: {} });

    const { run, view } = await importOne();

    expect(view.roadmap?.stages.map(({ brief, status }) => [brief.name, status])).toEqual([
      ['Stage 1', 'pending'],
      ['S', 'pending'],
    ]);
    expect(run.notes).toContain('some stages of the roadmap are no objects; they were left out');
  });

  it('B70: reads a roadmap whose active stage is none of its stages, and says so', async () => {
    put('run_workflows/run_a_workflow.json', {
      ...WORKFLOW,
      roadmap: { ...WORKFLOW.roadmap, active_stage_id: 'gone' },
    });

    const { run, view } = await importOne();

    expect(run.notes).toEqual(['the roadmap calls gone active, which is none of its stages']);
    expect(view.stop?.message).toContain('calls gone active');
    expect(view.roadmap?.stages).toHaveLength(3);
  });

  it('B71: reads time stamps without a zone, as numbers and in the future', async () => {
    put(
      'run_logs_main/run_t.jsonl',
      lines(
        { type: 'start', task: 'T', timestamp: '2026-01-02 10:00:00' },
        { type: 'iteration_end', timestamp: 1767348060.5 },
        { type: 'final_status', status: 'approved', timestamp: 4_102_444_800 },
        { type: 'odd', timestamp: 'yesterday' },
      ),
    );

    const { run, view } = await importOne();

    expect(view).toMatchObject({
      startedAtMs: Date.parse('2026-01-02T10:00:00Z'),
      updatedAtMs: NOW,
      status: 'done',
    });
    expect(run.notes).toEqual([
      'time stamps without a zone were taken for UTC',
      'a time stamp lies in the future; now was taken for it',
    ]);
  });

  it('B72: keeps the lines of a cost log whose last one is cut, and says so', async () => {
    const call = {
      run_id: 'r',
      role: 'employee',
      model: 'gpt-4o',
      prompt_tokens: 1,
      completion_tokens: 1,
      usd: 0.25,
    };
    put('cost_logs/site.jsonl', `${lines(call, call)}{"run_id": "r", "role": "empl`);

    const { report, view } = await importOne();

    expect(view.cost).toMatchObject({ calls: 2, spentUsd: 0.5 });
    expect(report.problems).toEqual(['cost_logs/site.jsonl: line 3 is cut or damaged; the others were read']);
  });

  it('B73: reads lines that end in CRLF after a byte order mark', async () => {
    put(
      'run_logs_main/run_c.jsonl',
      '\uFEFF{"type":"start","task":"T"}\r\n{"type":"final_status","status":"approved"}\r\n',
    );

    const { report, view } = await importOne();

    expect(view).toMatchObject({ task: 'T', status: 'done' });
    expect(report.problems).toEqual([]);
  });

  it('B74: keeps paths of another machine as text and looks for nothing there', async () => {
    put('run_workflows/run_a_workflow.json', { ...WORKFLOW, output_dir: 'C:\\Users\\ada\\sites\\glass' });

    const { run, view } = await importOne();

    expect(run.notes).toEqual(['it names paths of another machine; nothing was looked for there']);
    expect(view.workspace).toBe(root);
  });

  it('B75: changes nothing when it is imported twice, and tells what has changed since', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    put('run_logs_main/run_a.jsonl', lines({ type: 'start', timestamp: 4_102_444_800 }));
    const { run } = await importOne();
    const before = await journal.read(run.runId);

    const again = await importAll();
    put('run_workflows/run_a_workflow.json', { ...WORKFLOW, task: 'Another' });
    const changed = await importAll();

    expect(again.runs).toMatchObject([{ runId: run.runId, outcome: 'known' }]);
    expect(changed.runs).toMatchObject([{ runId: run.runId, outcome: 'changed' }]);
    expect(await journal.read(run.runId)).toEqual(before);
    await expect(journal.listRuns()).resolves.toEqual([run.runId]);
  });

  it('B76: never writes to the old files', async () => {
    put('run_workflows/run_a_workflow.json', WORKFLOW);
    put('run_logs_main/run_a.jsonl', '{"type":"sta');
    put('sites/a/.history/iteration_1/index.html', '<h1>');
    const before = look();

    await importAll();
    await importAll();

    expect(look()).toEqual(before);
  });
});
