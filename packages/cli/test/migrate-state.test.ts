import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { CommandLine } from './command-line.ts';

const WORKFLOW = JSON.stringify({
  task: 'Make a site',
  created_at: '2026-01-02T10:00:00Z',
  stages: [{ id: 's1', name: 'Structure', status: 'completed', audit_count: 1 }],
});

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  mkdirSync(join(shell.folder, 'run_workflows'));
  writeFileSync(join(shell.folder, 'run_workflows/run_a_workflow.json'), WORKFLOW);
  return () => shell.remove();
});

const reportSchema = z.object({ runs: z.array(z.object({ runId: z.string(), outcome: z.string() })) });

describe('jarvis migrate state', () => {
  it('makes runs of what the predecessor left, which show tells, and leaves the old files alone', async () => {
    const looked = await shell.call('migrate', 'state', '.', '--dry-run');
    const imported = await shell.call('migrate', 'state', '.', '--json');
    const again = await shell.call('migrate', 'state', '.');
    const { runs } = reportSchema.parse(JSON.parse(imported.out));
    const shown = await shell.call('show', runs[0]?.runId ?? '');
    const listed = await shell.call('list');

    expect(looked).toMatchObject({ code: 0, err: '' });
    expect(looked.out).toContain('would be imported  (run_a)');
    expect(runs).toMatchObject([{ outcome: 'imported' }]);
    expect(again.out).toContain('imported before, nothing to do');
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.out).toContain('task: Make a site');
    expect(shown.out).toContain('Structure');
    expect(listed.out).toContain(runs[0]?.runId);
    expect(readFileSync(join(shell.folder, 'run_workflows/run_a_workflow.json'), 'utf8')).toBe(WORKFLOW);
  });

  it('tells roadmaps in the old shape when it is asked to', async () => {
    const { out } = await shell.call('migrate', 'state', '.', '--roadmaps');

    expect(JSON.parse(out)).toMatchObject({
      roadmaps: [{ run_id: 'run_a', completed_stages: 1, stages: [{ id: 's1', audit_count: 1 }] }],
    });
  });

  it('does not go on with a run that was imported', async () => {
    const { out } = await shell.call('migrate', 'state', '.', '--json');
    const runId = reportSchema.parse(JSON.parse(out)).runs[0]?.runId ?? '';

    const resumed = await shell.call('resume', runId);

    expect(resumed.out + resumed.err).toContain('Imported from the predecessor');
  });
});
