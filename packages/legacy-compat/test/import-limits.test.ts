import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { renderImport } from '@jarvis/legacy-compat/migrate';
import { beforeEach, describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

let old: OldState;

beforeEach(() => {
  old = new OldState();
  return () => old.remove();
});

const CALL = {
  run_id: 'r',
  role: 'manager',
  model: 'gpt-4o',
  prompt_tokens: 5,
  completion_tokens: 5,
  usd: 0.001,
};

/** Nothing is closed to the user root, so it works as another for a while. */
async function asOther<Result>(perform: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return perform();
  process.seteuid?.(65_534);
  try {
    return await perform();
  } finally {
    process.seteuid?.(0);
  }
}

const many = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('an old tree larger than any', () => {
  it('is read where a document is nested deeper than calls can be', async () => {
    const deep = `${'['.repeat(100_000)}"C:\\\\x"${']'.repeat(100_000)}`;
    old.put('checkpoint.json', `{"run_id":"d","task":"Deep","x":${deep}}`);
    old.put('run_logs/a/checkpoint.json', `{"checkpoint_version":${deep}}`);
    old.put('memory_store/d/a.json', `{"stage_id":"s","findings":${deep},"iterations":${deep}}`);

    const report = await old.import();

    expect((await old.show('d')).task).toBe('Deep');
    expect(report.runs.find(({ oldId }) => oldId === 'd')?.notes).toContain(
      'it names paths of another machine; nothing was looked for there',
    );
  });

  it('names a checkpoint whose version is no word', async () => {
    old.put('checkpoint.json', { checkpoint_version: { major: [1] } });

    const { problems } = await old.import();

    expect(problems).toEqual([
      'checkpoint.json: its version of an unexpected shape is not known; it was left out',
    ]);
  });

  it('names a file of more than 64 MB and reads the others', async () => {
    old.put('checkpoint.json', '');
    truncateSync(join(old.root, 'checkpoint.json'), 64 * 1024 * 1024 + 1);
    old.put('run_logs/a.json', { run_id: 'a', task: 'A' });

    const { runs, problems } = await old.import();

    expect(problems).toEqual(['checkpoint.json: it has 65 MB, and at most 64 MB are read; it was left out']);
    expect(runs).toMatchObject([{ oldId: 'a', outcome: 'imported' }]);
  });

  it('keeps every call of a long cost log', async () => {
    old.log('cost_logs/a.jsonl', ...many(5_000, () => CALL));

    const { cost } = await old.show('r');

    expect(cost).toMatchObject({ calls: 5_000, spentUsd: 5 });
  });

  it('keeps a thousand rounds, stages in memories and findings of a stage, and says so', async () => {
    const findings = many(1_001, (index) => ({ description: `Finding ${String(index)}` }));
    old.put('memory_store/r/a.json', { stage_id: 's', stage_name: 'Home', findings });
    old.log(
      'run_logs_main/r.jsonl',
      ...many(1_001, (index) => ({ type: 'iteration_end', iteration: index + 1, status: 'approved' })),
      ...many(1_001, (index) => ({ type: 'stage_started', stage_id: `other ${String(index)}` })),
    );

    const { runs } = await old.import();
    const view = await old.show('r');

    expect(runs[0]?.notes).toEqual([
      'Home has more than 1000 findings; the others were left out',
      'it has more than 1000 rounds; the others were left out',
      'files tell of more than 1000 stages; the others were left out',
      'no roadmap could be read; its stages are those its memories and logs tell of',
      'its roadmap has 1000 stages; those behind the first 100 were left out',
    ]);
    expect(view.stages[0]?.findings).toHaveLength(1_000);
    expect(view.rounds).toHaveLength(2_000);
  });

  it('keeps a thousand written files, told one by one, and reads on', async () => {
    old.log(
      'run_logs_main/r.jsonl',
      ...many(5_000, (index) => ({ type: 'file_write', iteration: index + 1, files: [`f${String(index)}`] })),
      { type: 'start', task: 'The last line' },
    );

    const { runs } = await old.import();
    const view = await old.show('r');

    expect(runs[0]?.notes).toEqual(['it wrote more than 1000 files; the others were left out']);
    expect(view).toMatchObject({ task: 'The last line' });
    expect(view.files).toHaveLength(1_000);
  });

  it('names twenty damaged lines of a file and counts the others', async () => {
    old.put('run_logs_main/r.jsonl', '{"type":"start","task":"T"}\n'.concat('{"cut\n'.repeat(200_000)));

    const { problems } = await old.import();

    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('run_logs_main/r.jsonl: 199980 more lines are cut or damaged');
  });

  it('says at most fifty things about a run, and a hundred folders of it', async () => {
    old.log(
      'run_logs/r.jsonl',
      ...many(101, (index) => ({ run_id: 'r', project: `project ${String(index)}` })),
    );
    old.log('run_logs/other.jsonl', { run_id: 'other', history_folder: `C:${'/'.repeat(200_000)}x` });
    for (const stage of many(60, (index) => `stage ${String(index)}`))
      old.put(`memory_store/s/${stage}.json`, { stage_id: stage, findings: [7] });

    const { runs } = await old.import();
    const notes = Object.fromEntries(runs.map((run) => [run.oldId, run.notes]));

    expect(notes['r']).toEqual(['it names more than 100 folders; the others were left out']);
    expect(notes['s']).toHaveLength(51);
    expect(notes['s']?.at(-1)).toBe('there is more to be said about its files than is listed here');
  });

  it('makes ten thousand runs and counts what is told of others', async () => {
    old.log('cost_logs/a.jsonl', ...many(10_002, (index) => ({ run_id: String(index) })));

    const { runs, problems } = await old.import({ isDryRun: true });

    expect(runs).toHaveLength(10_000);
    expect(problems).toEqual([
      'the files tell of more than 10000 runs; 2 documents of the others were left out',
    ]);
  });
});

describe('what lies where state would and is not read', () => {
  it('is named: links to files and folders, and what is no file', async () => {
    mkdirSync(join(old.root, 'elsewhere'));
    symlinkSync(join(old.root, 'elsewhere'), join(old.root, 'memory_store'));
    mkdirSync(join(old.root, 'run_logs'));
    symlinkSync('nowhere.json', join(old.root, 'run_logs/q.json'));
    symlinkSync('nowhere', join(old.root, 'a link that has nothing to do with it'));
    execFileSync('mkfifo', [join(old.root, 'checkpoint.json')]);

    const report = await old.import();

    expect(report.problems).toEqual([
      'checkpoint.json: it is no file; it was left out',
      'memory_store: it is a link, which is not followed; it was left out',
      'run_logs/q.json: it is a link, which is not followed; it was left out',
    ]);
    expect(renderImport(report)).toContain('memory_store: it is a link');
  });

  it('is named when nobody may look into it', async () => {
    old.put('run_logs/a.json', { run_id: 'a' });
    old.put('run_logs/b.json', { run_id: 'b' });
    chmodSync(old.root, 0o755);
    mkdirSync(join(old.root, 'private'), { mode: 0 });
    chmodSync(join(old.root, 'run_logs/b.json'), 0);

    const report = await asOther(() => old.import());

    expect(report.problems).toEqual([
      'private: your user may not read or write it; it was left out',
      'run_logs/b.json: your user may not read or write it; it was left out',
    ]);
    expect(report.runs).toMatchObject([{ oldId: 'a', outcome: 'imported' }]);
  });
});
