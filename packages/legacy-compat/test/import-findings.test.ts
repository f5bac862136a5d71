import { findImported, toRoadmapSummary } from '@jarvis/legacy-compat/migrate';
import type { RunView } from '@jarvis/loops';
import { beforeEach, describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

let old: OldState;

beforeEach(() => {
  old = new OldState();
  return () => old.remove();
});

const roadmap = (...statuses: readonly string[]) => ({
  task: 'T',
  roadmap: {
    version: 1,
    stages: statuses.map((status, index) => ({ id: `s${index + 1}`, name: `Stage ${index + 1}`, status })),
  },
});

const told = ({ stages }: RunView) =>
  stages.map(({ findings }) =>
    findings.map(({ finding, status }) => [status, finding.severity, finding.file, finding.description]),
  );

describe('the findings of old stages', () => {
  it('become findings of the stages, with file, severity and what became of them', async () => {
    old.put('run_workflows/r_workflow.json', roadmap('completed', 'active'));
    old.put('memory_store/r/s1.json', {
      stage_id: 's1',
      stage_name: 'Stage 1',
      final_status: 'completed',
      iterations: 2,
      findings: [
        { severity: 'error', category: 'content_ux', description: 'No address', resolved: true },
        { severity: 'warning', description: 'Red is too loud', file_path: 'style.css', resolved: false },
      ],
    });
    old.put('memory_store/r/s2.json', {
      stage_id: 's2',
      findings: [{ severity: 'error', description: 'Heading broken', file_path: 'index.html' }],
    });

    const view = await old.show('r');

    expect(told(view)).toEqual([
      [
        ['verified', 'error', undefined, 'No address'],
        ['accepted', 'warning', 'style.css', 'Red is too loud'],
      ],
      [['open', 'error', 'index.html', 'Heading broken']],
    ]);
    expect(view.stages[0]?.findings[1]?.reason).toBe('The predecessor completed it and left this open');
    expect(view.stages.map(({ status, findingsLeft }) => [status, findingsLeft])).toEqual([
      ['completed', 0],
      ['blocked', 1],
    ]);
    expect(view.stages[0]?.cycles).toBe(1);
  });

  it('are read from the log where no memory is left, and once where both tell them', async () => {
    old.put('run_workflows/r_workflow.json', roadmap('reopened', 'active'));
    old.put('memory_store/r/s2.json', {
      stage_id: 's2',
      findings: [{ severity: 'error', description: 'Heading broken', file_path: 'index.html' }],
    });
    const found = (stage_id: string, description: string) => ({
      type: 'finding_added',
      stage_id,
      finding_severity: 'error',
      finding_category: 'content_ux',
      description,
    });
    old.log('run_logs_main/r.jsonl', found('s1', 'No title'), found('s2', 'Heading broken'));

    const view = await old.show('r');

    expect(told(view)).toEqual([
      [['accepted', 'error', undefined, 'No title']],
      [['open', 'error', 'index.html', 'Heading broken']],
    ]);
    expect(view.stages[1]?.findings[0]?.finding.rule).toBe('content_ux');
  });

  it('are read as far as they can be, whatever was written for them', async () => {
    old.put('run_workflows/r_workflow.json', roadmap('active'));
    old.put('memory_store/r/s1.json', {
      stage_id: 's1',
      findings: [
        'Title missing',
        { description: 'No severity' },
        { severity: 'HIGH', message: 'Critical indeed', files: [7, 'a.css'] },
        { severity: 3, description: 'Told as a number', status: 'fixed' },
        [{ severity: 'info', description: 'In a list' }, ['In a list in a list']],
        { by_name: { description: 'One by name' } },
        null,
        {},
        '',
        42,
      ],
    });

    const view = await old.show('r');

    expect(told(view)).toEqual([
      [
        ['verified', 'warning', undefined, 'Told as a number'],
        ['open', 'warning', undefined, 'Title missing'],
        ['open', 'warning', undefined, 'No severity'],
        ['open', 'error', 'a.css', 'Critical indeed'],
        ['open', 'note', undefined, 'In a list'],
        ['open', 'warning', undefined, 'In a list in a list'],
        ['open', 'warning', undefined, 'One by name'],
      ],
    ]);
    expect(view.stop?.message).toContain('4 of the findings of s1 say nothing that could be read');
  });

  it('are told also of stages that were never completed', async () => {
    const statuses = ['pending', 'skipped', 'pending_retry', 'completed'];
    old.put('run_workflows/r_workflow.json', roadmap(...statuses));
    for (const id of ['s1', 's2', 's3', 's4'])
      old.put(`memory_store/r/${id}.json`, { stage_id: id, findings: { description: `Of ${id}` } });

    const view = await old.show('r');

    expect(told(view).map((findings) => findings.map(([status, , , text]) => [status, text]))).toEqual([
      [['open', 'Of s1']],
      [['open', 'Of s2']],
      [['open', 'Of s3']],
      [['accepted', 'Of s4']],
    ]);
    expect(view.stages.map(({ status }) => status)).toEqual(['pending', 'skipped', 'blocked', 'completed']);
  });

  it('are told with the work where the roadmap has no such stage', async () => {
    old.put('run_workflows/r_workflow.json', roadmap('pending'));
    old.put('memory_store/r/gone.json', { stage_id: 'gone', findings: ['No footer'] });

    const view = await old.show('r');

    expect(view.timeline.map(({ text }) => text)).toContain(
      'gone: not finished (0 cycles, 1 findings: No footer)',
    );
  });

  it('leave the old shape of the roadmap as it was', async () => {
    old.put('run_workflows/r_workflow.json', roadmap('completed'));
    old.put('memory_store/r/s1.json', { stage_id: 's1', findings: ['x'] });
    const { runs } = await old.import();

    const imported = await findImported(old.journal, runs[0]?.runId ?? '');

    expect(imported && toRoadmapSummary(imported)).toEqual({
      run_id: 'r',
      version: 1,
      mutations: 0,
      active_stage_id: null,
      total_stages: 1,
      completed_stages: 1,
      stages: [
        {
          id: 's1',
          name: 'Stage 1',
          status: 'completed',
          audit_count: 0,
          categories: [],
          plan_steps: [],
          regression_source: null,
        },
      ],
    });
  });
});

describe('what only the logs tell', () => {
  it('is the roadmap, when its file is lost', async () => {
    old.log(
      'run_logs_main/r.jsonl',
      { type: 'start', task_description: 'T', config: { mode: 'phase3' } },
      { type: 'memory_created', stage_id: 'a', stage_name: 'Structure' },
      { type: 'stage_completed', stage_id: 'a', stage_name: 'Structure', status: 'completed', iterations: 1 },
      { type: 'stage_started', stage_id: 'b', stage_name: 'Gallery' },
      { type: 'final_status', status: 'partial_completion', total_cost_usd: 0.25 },
    );

    const view = await old.show('r');

    expect(view).toMatchObject({ mode: 'PHASE3', task: 'T', status: 'partial', cost: { spentUsd: 0.25 } });
    expect(view.stages.map(({ name, status }) => [name, status])).toEqual([
      ['Structure', 'completed'],
      ['Gallery', 'blocked'],
    ]);
    expect(view.stop?.message).toContain('no roadmap could be read');
  });

  it('is the rounds, with the status of the review where the log has it', async () => {
    old.log(
      'run_logs_main/r.jsonl',
      { type: 'iteration_begin', iteration: 1, mode: '2loop' },
      { type: 'iteration_end', iteration: 1, status: 'needs_changes' },
      { type: 'iteration_end', iteration: 2, status: 'completed' },
      { type: 'cost_checkpoint', iteration: 2, status: 'approved' },
    );

    const view = await old.show('r');

    expect(view.rounds.map(({ number, review }) => [number, review?.word])).toEqual([
      [1, 'needs_changes'],
      [2, 'approved'],
    ]);
  });

  it('is why a task was blocked', async () => {
    old.log('run_logs_main/r.jsonl', { type: 'security_task_blocked', original_task: 'Ignore all' });

    const view = await old.show('r');

    expect(view).toMatchObject({ task: 'Ignore all' });
    expect(view.stop?.message).toContain('called it blocked_security');
  });

  it('is what each role cost, where the calls are not known', async () => {
    old.put('run_logs/site/r.json', {
      run_id: 'r',
      mode: '3loop',
      cost_summary: {
        total_usd: 0.75,
        by_role: {
          manager: { total_usd: 0.5, prompt_tokens: '***REDACTED***' },
          employee: { total_usd: 0.25 },
        },
      },
    });

    const { cost } = await old.show('r');

    expect(cost.lines.map(({ role, usd }) => [role, usd])).toEqual([
      ['manager', 0.5],
      ['employee', 0.25],
    ]);
  });

  it('is put to the run it is about when a cost log names none', async () => {
    const line = { project: 'site', task: 'T', status: 'approved', mode: '2loop', total_usd: null };
    const end = (status: string) => ({ type: 'final_status', status });
    old.log('run_logs_main/a.jsonl', { type: 'start', task: 'T', mode: '2loop' }, end('approved'));
    old.log('run_logs_main/b.jsonl', { type: 'start', task: 'T', mode: '2loop' }, end('approved'));
    old.log('cost_logs/site.jsonl', line, line, { ...line, status: 'rejected' }, { ...line, task: 'Other' });

    const { runs } = await old.import();

    expect(runs.map(({ oldId, sources }) => [oldId, sources.length])).toEqual([
      ['a', 2],
      ['b', 2],
      ['unnamed cost_logs/site.jsonl', 1],
      ['unnamed cost_logs/site.jsonl 2', 1],
    ]);
  });
});
