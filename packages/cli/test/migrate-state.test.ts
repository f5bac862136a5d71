import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { nodeRunContext } from '@jarvis/node';
import { createSecretRedactor } from '@jarvis/node/secrets';
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

  it('brings secrets of the old texts as they were, and nothing that is shown has them', async () => {
    const token = `ghp_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`;
    const old = JSON.stringify({
      task: `Deploy with ${token}`,
      created_at: '2026-01-02T10:00:00Z',
      stages: [{ id: 's1', name: `Login ${token}`, status: 'completed', audit_count: 1 }],
    });
    writeFileSync(join(shell.folder, 'run_workflows/run_a_workflow.json'), old);
    const { out } = await shell.call('migrate', 'state', '.', '--json');
    const runId = reportSchema.parse(JSON.parse(out)).runs[0]?.runId ?? '';

    const told = [
      await shell.call('migrate', 'state', '.', '--roadmaps'),
      await shell.call('show', runId),
      await shell.call('show', runId, '--json'),
      await shell.call('list', '--json'),
      await shell.call('roadmap', 'show', runId, '--json'),
      await shell.call('logs', runId, '--json'),
    ].map((call) => call.out);

    const shown = told.map(createSecretRedactor([]));
    expect(told.slice(0, 5).map((text) => text.includes(token))).toEqual([true, true, true, true, true]);
    expect(shown.join('')).not.toContain(token.slice(-20));
    expect(shown[2]).toContain('[redacted: GitHub token]');
    expect(JSON.parse(shown[0] ?? '')).toMatchObject({ roadmaps: [{ run_id: 'run_a' }] });
  });

  it('tells roadmaps in the old shape when it is asked to', async () => {
    const { out } = await shell.call('migrate', 'state', '.', '--roadmaps');

    expect(JSON.parse(out)).toMatchObject({
      roadmaps: [{ run_id: 'run_a', completed_stages: 1, stages: [{ id: 's1', audit_count: 1 }] }],
    });
  });

  it('imports the others when one run is in use, says which one, and answers 5', async () => {
    const looked = await shell.call('migrate', 'state', '.', '--dry-run', '--json');
    const runId = reportSchema.parse(JSON.parse(looked.out)).runs[0]?.runId ?? '';
    mkdirSync(join(shell.folder, 'run_logs'));
    writeFileSync(join(shell.folder, 'run_logs/b.json'), '{"run_id":"run_b","task":"B"}');
    const { journal } = await nodeRunContext({
      workspace: shell.folder,
      stateDirectory: join(shell.root, 'state'),
    });
    const lease = await journal.acquire(`run:${runId}`);

    const imported = await shell.call('migrate', 'state', '.');
    const told = await shell.call('migrate', 'state', '.', '--roadmaps');
    await journal.release(lease);
    await journal.close();
    const again = await shell.call('migrate', 'state', '.');

    expect(imported).toMatchObject({ code: 5, err: '' });
    expect(imported.out).toContain('not imported: it is in use; call this again  (run_a)');
    expect(imported.out).toContain('imported  (run_b)');
    expect(told.code).toBe(5);
    expect(JSON.parse(told.out)).toMatchObject({ roadmaps: [{ run_id: 'run_b' }] });
    expect(again.code).toBe(0);
  });

  it('does not go on with a run that was imported', async () => {
    const { out } = await shell.call('migrate', 'state', '.', '--json');
    const runId = reportSchema.parse(JSON.parse(out)).runs[0]?.runId ?? '';

    const resumed = await shell.call('resume', runId);
    const reopened = await shell.call('resume', runId, '--reopen');
    const forked = await shell.call('fork', runId, '--mode', 'SIMPLE_2LOOP');
    const changed = await shell.call('roadmap', 'reopen', runId, 'old-1', '--reason', 'more', '--by', 'Ada');
    const shown = await shell.call('show', runId);

    expect(resumed.out + resumed.err).toContain('Imported from the predecessor');
    expect(reopened.err).toContain('It was imported: nobody here knows how to go on.');
    expect(forked.err).toContain(
      `It was imported: start a new run with its task instead, which is told by: jarvis show ${runId}`,
    );
    expect(forked.err).not.toContain('option');
    expect(changed.err).toContain('comes too late: the roadmap is closed');
    expect(shown.out).not.toContain('to go on all the same');
  });

  it('keeps the rounds of .history when it is asked to, and restore brings one back', async () => {
    const folder = join(shell.folder, 'sites/a');
    mkdirSync(join(folder, '.history/iteration_1'), { recursive: true });
    mkdirSync(join(folder, '.history/iteration_2'));
    writeFileSync(join(folder, '.history/iteration_1/index.html'), 'first');
    writeFileSync(join(folder, '.history/iteration_1/key.js'), `const t = "ghp_${'aB3dE6gH9'.repeat(4)}";`);
    writeFileSync(join(folder, '.history/iteration_2/index.html'), 'second');
    writeFileSync(join(folder, 'index.html'), 'second');

    const listed = await shell.call('migrate', 'state', '.');
    const looked = await shell.call('migrate', 'state', '.', '--snapshots', '--dry-run');
    const kept = await shell.call('migrate', 'state', '.', '--snapshots');
    const again = await shell.call('migrate', 'state', '.', '--snapshots');
    const command = /see: jarvis (restore (\S+) --round 1 --dry-run)/u.exec(kept.out);
    const dry = await shell.call(...(command?.[1] ?? '').split(' '));
    const untouched = readFileSync(join(folder, 'index.html'), 'utf8');
    const restored = await shell.call('restore', command?.[2] ?? '', '--round', '1');
    const shown = await shell.call('show', command?.[2] ?? '');
    const before = await shell.call('restore', command?.[2] ?? '', '--round', '0');

    expect(listed.out).toContain('left where they are (--snapshots imports them)');
    expect(looked.out).toContain('kept rounds 1, 2 of sites/a: would be imported');
    expect(kept.out).toContain('a run of its own: no old file names the run that worked there');
    expect(kept.out).toContain('sites/a/.history/iteration_1/key.js: it holds a secret in line 1');
    expect(again.out).toContain('kept rounds 1, 2 of sites/a: imported before, nothing to do');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('to restore  sites/a/index.html');
    expect(untouched).toBe('second');
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('first');
    expect(shown.out).toContain('sites/a/index.html');
    expect(before.code).not.toBe(0);
    expect(before.err).toContain('it has those of 1, 2. Choose one with --round.');
  });

  it('shows the findings of old stages, and goes on in one line whatever an old file is called', async () => {
    mkdirSync(join(shell.folder, 'memory_store/run_a\nforged  imported'), { recursive: true });
    mkdirSync(join(shell.folder, 'memory_store/run_a'));
    const memory = {
      stage_id: 's1',
      findings: [{ severity: 'error', description: 'No footer', file: 'a.html' }],
    };
    writeFileSync(join(shell.folder, 'memory_store/run_a/s1.json'), JSON.stringify(memory));
    writeFileSync(join(shell.folder, 'memory_store/run_a\nforged  imported/s.json'), '{}');

    const imported = await shell.call('migrate', 'state', '.');
    const runId = /^(legacy-\S+) {2}imported {2}\(run_a\)$/mu.exec(imported.out)?.[1] ?? '';
    const shown = await shell.call('show', runId, '--json');

    expect(imported.out).toContain('(run_a\\u{a}forged  imported)');
    expect(imported.out).not.toMatch(/^forged/mu);
    expect(JSON.parse(shown.out)).toMatchObject({
      stages: [
        {
          findings: [
            { status: 'accepted', finding: { severity: 'error', file: 'a.html', description: 'No footer' } },
          ],
        },
      ],
    });
  });
});
