import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MarkerSecretScanner } from '@jarvis/core/testing';
import { type ImportOptions, importState, renderImport } from '@jarvis/legacy-compat/migrate';
import { JarvisOrchestrator, listSnapshots, readRun, readRunRecords } from '@jarvis/loops';
import { nodeRunContext, type NodeRunContext } from '@jarvis/node';
import { beforeEach, describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

const MARKER = 'not-a-real-secret';
const OWN_KEY = 'the key in use';
const snapshotScanner = new MarkerSecretScanner([MARKER], [OWN_KEY]);

let old: OldState;

beforeEach(() => {
  old = new OldState();
  return () => old.remove();
});

const keep = (options: Partial<ImportOptions> = {}) => old.import({ snapshotScanner, ...options });

/** The log of one run in a folder, with its rounds. */
function logRun(id: string, { folder = '/home/ada/old/sites/a', mode = '2loop', rounds = 2, day = 2 } = {}) {
  const at = (hour: number) => `2026-01-0${String(day)}T${String(hour)}:00:00Z`;
  old.log(
    `run_logs_main/${id}.jsonl`,
    { type: 'start', task_description: 'T', project_folder: folder, config: { mode }, timestamp: at(10) },
    ...Array.from({ length: rounds }, (_, index) => ({
      type: 'iteration_end',
      iteration: index + 1,
      status: 'needs_changes',
      timestamp: at(11),
    })),
  );
}

/** Everything on the disk below the old tree, links as links. */
const look = () =>
  readdirSync(old.root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const found = lstatSync(join(old.root, path));
      if (found.isSymbolicLink()) return [path, readlinkSync(join(old.root, path))];
      return [
        path,
        found.mtimeMs,
        found.mode,
        found.isFile() ? readFileSync(join(old.root, path), 'hex') : '',
      ];
    });

async function restoreInto(use: (jarvis: JarvisOrchestrator, context: NodeRunContext) => Promise<void>) {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'old-history-'));
  const context = await nodeRunContext({ workspace: old.root, stateDirectory, logLevel: 'silent' });
  try {
    await use(new JarvisOrchestrator({ context }), context);
  } finally {
    await context.journal.close();
    rmSync(stateDirectory, { recursive: true });
  }
}

describe('the kept rounds of the predecessor', () => {
  it('are brought back by restore, each as it was, once they are imported', async () => {
    logRun('a');
    old.put('sites/a/index.html', '<h1>second');
    old.put('sites/a/prices.html', 'prices');
    old.put('sites/a/.history/iteration_1/index.html', '<h1>first');
    old.put('sites/a/.history/iteration_1/css/ø.css', 'a {}');
    old.put('sites/a/.history/iteration_2/index.html', '<h1>second');
    old.put('sites/a/.history/iteration_2/prices.html', 'prices');

    await restoreInto(async (jarvis, { journal, clock, secrets }) => {
      const wish = { folder: old.root, journal, clock, snapshotScanner: secrets };
      const before = look();
      const { histories, problems } = await importState(wish);
      const runId = histories[0]?.runId ?? '';
      const told = await jarvis.restore(runId, { round: 1, isDryRun: true });
      const after = look();
      await jarvis.restore(runId, { round: 1 });
      const first = readFileSync(join(old.root, 'sites/a/index.html'), 'utf8');
      const style = readFileSync(join(old.root, 'sites/a/css/ø.css'), 'utf8');
      const again = await jarvis.restore(runId, { round: 2 });
      const second = readFileSync(join(old.root, 'sites/a/index.html'), 'utf8');

      expect(problems).toEqual([]);
      expect(histories).toMatchObject([{ project: 'sites/a', outcome: 'imported', rounds: [1, 2] }]);
      expect(after).toEqual(before);
      expect(told).toMatchObject({
        restored: ['sites/a/css/ø.css', 'sites/a/index.html'],
        removed: ['sites/a/prices.html'],
        left: [],
      });
      expect([first, style, second]).toEqual(['<h1>first', 'a {}', '<h1>second']);
      expect(again.restored).toEqual(['sites/a/index.html', 'sites/a/prices.html']);
    });
  });

  it('have no moment before the run, which nobody knows', async () => {
    logRun('a');
    old.put('sites/a/.history/iteration_1/index.html', 'kept');

    await restoreInto(async (jarvis, { journal, clock, secrets }) => {
      const { histories } = await importState({
        folder: old.root,
        journal,
        clock,
        snapshotScanner: secrets,
      });

      await expect(jarvis.restore(histories[0]?.runId ?? '')).rejects.toMatchObject({
        code: 'JARVIS_SNAPSHOT_NOT_FOUND',
        known: [1],
      });
    });
  });

  it('cannot be brought back where they were only listed, and that says how', async () => {
    logRun('a');

    await restoreInto(async (jarvis, { journal, clock }) => {
      const { runs } = await importState({ folder: old.root, journal, clock });

      await expect(jarvis.restore(runs[0]?.runId ?? '')).rejects.toThrow(
        /has kept no files.*jarvis migrate state <folder> --snapshots/u,
      );
    });
  });

  it('are shown with the rounds of the run they belong to', async () => {
    logRun('a');
    old.put('sites/a/.history/iteration_1/index.html', '1');
    old.put('sites/a/.history/iteration_2/index.html', '2');

    const { histories, runs } = await keep();
    const view = await readRun(old.journal, histories[0]?.runId ?? '');

    expect(histories[0]?.runId).toBe(runs[0]?.runId);
    expect(view.files).toEqual(['sites/a/index.html']);
    expect(view.rounds.map(({ number, review }) => [number, review?.word])).toEqual([
      [1, 'needs_changes'],
      [2, 'needs_changes'],
    ]);
    expect(view.status).toBe('partial');
  });

  it('change nothing when they are imported twice, also after the run alone was', async () => {
    logRun('a');
    old.put('sites/a/.history/iteration_1/index.html', '1');
    const before = look();

    const alone = await old.import();
    const first = await keep();
    const records = await old.journal.read(first.histories[0]?.runId ?? '');
    const second = await keep();
    old.put('sites/a/.history/iteration_1/index.html', 'another');
    const third = await keep();

    expect(
      [alone, first, second, third].map(({ histories }) => histories.map(({ outcome }) => outcome)),
    ).toEqual([[], ['imported'], ['known'], ['changed']]);
    expect(second.runs).toMatchObject([{ outcome: 'known' }]);
    expect(await old.journal.read(first.histories[0]?.runId ?? '')).toEqual(records);
    old.put('sites/a/.history/iteration_1/index.html', '1');
    expect(look().map(([path, , mode, content]) => [path, mode, content])).toEqual(
      before.map(([path, , mode, content]) => [path, mode, content]),
    );
  });

  it('are only told of in a dry run', async () => {
    logRun('a');
    old.put('sites/a/.history/iteration_1/index.html', '1');

    const report = await keep({ isDryRun: true });

    expect(report.histories).toMatchObject([{ outcome: 'found', rounds: [1] }]);
    expect(renderImport(report)).toContain('kept rounds 1 of sites/a: would be imported');
    await expect(old.journal.listRuns()).resolves.toEqual([]);
  });

  it('say what was gone only where each round kept the whole folder', async () => {
    logRun('a', { mode: '3loop' });
    logRun('b', { folder: 'C:\\old\\sites\\b' });
    for (const site of ['a', 'b']) {
      old.put(`sites/${site}/.history/iteration_1/index.html`, '1');
      old.put(`sites/${site}/.history/iteration_1/gone.html`, 'gone');
      old.put(`sites/${site}/.history/iteration_2/index.html`, '2');
    }

    const { histories } = await keep();

    const files = histories.map(async ({ runId }) => (await readRun(old.journal, runId)).files);
    expect(await Promise.all(files)).toEqual([
      ['sites/a/index.html'],
      ['sites/b/gone.html', 'sites/b/index.html'],
    ]);
  });
});

describe('which run they belong to', () => {
  const putRound = (number = 1, site = 'sites/a') =>
    old.put(`${site}/.history/iteration_${String(number)}/index.html`, String(number));

  it('is one of their own where several runs worked in the folder', async () => {
    logRun('a');
    logRun('b', { day: 3 });
    putRound();

    const report = await keep();
    const [history] = report.histories;
    const view = await readRun(old.journal, history?.runId ?? '');

    expect(history?.because).toBe('2 runs worked there: a, b');
    expect(report.runs.map(({ runId }) => runId)).not.toContain(history?.runId);
    expect(view.task).toBe('Rounds the predecessor kept of sites/a');
    expect(view.rounds).toHaveLength(1);
    expect(view.files).toEqual(['sites/a/index.html']);
    expect(renderImport(report)).toContain('a run of its own: 2 runs worked there');
    expect((await keep()).histories).toMatchObject([{ outcome: 'known' }]);
  });

  it('is the one two logs tell of under two ids', async () => {
    logRun('a');
    old.put('run_logs/a/log.json', {
      run_id: 'other-id',
      mode: '2loop',
      task: 'T',
      started_at: '2026-01-02T10:30:00Z',
      history_folder: '/home/ada/old/sites/a/.history',
    });
    putRound();

    const { histories, runs } = await keep();

    expect(histories[0]?.because).toBeUndefined();
    expect(runs.find(({ runId }) => runId === histories[0]?.runId)?.oldId).toBe('a');
  });

  it('is no run of a mode that kept nothing', async () => {
    logRun('a');
    logRun('b', { day: 3, mode: 'phase3', rounds: 0 });
    putRound();

    const { histories, runs } = await keep();

    expect(runs.find(({ runId }) => runId === histories[0]?.runId)?.oldId).toBe('a');
  });

  it('is one of their own where the run has fewer rounds, or nothing names one', async () => {
    logRun('a');
    putRound(1);
    putRound(3);
    putRound(1, 'sites/b');
    putRound(1, '.');

    const { histories } = await keep();

    expect(histories.map(({ project, because }) => [project, because])).toEqual([
      ['', 'no old file names the run that worked there'],
      ['sites/a', 'a, which worked there, has other rounds'],
      ['sites/b', 'no old file names the run that worked there'],
    ]);
  });

  it('is one of their own where a name alone fits two folders', async () => {
    old.put('run_logs/x/log.json', { run_id: 'r', mode: '3loop', task: 'T', project_subdir: 'x' });
    putRound(1, 'one/x');
    putRound(1, 'two/x');

    const { histories } = await keep();

    expect(histories.map(({ because }) => because)).toEqual([
      'r may have worked in any of 2 folders of that name',
      'r may have worked in any of 2 folders of that name',
    ]);
    expect(new Set(histories.map(({ runId }) => runId)).size).toBe(2);
  });
});

describe('what of them cannot be kept', () => {
  it('is named, and the rest is kept', async () => {
    const folder = 'sites/a/.history';
    old.put('secret-elsewhere.txt', 'elsewhere');
    old.put(`${folder}/iteration_1/index.html`, 'fine');
    old.put(`${folder}/iteration_1/key.js`, `const key = '${MARKER}';`);
    old.put(`${folder}/iteration_1/own.js`, OWN_KEY);
    old.put(`${folder}/iteration_1/.env`, 'A=1');
    old.put(`${folder}/iteration_1/picture.png`, Buffer.from([0x89, 0x50, 0xff, 0x00]));
    old.put(`${folder}/iteration_1/odd.txt`, 'a\0b');
    old.put(`${folder}/iteration_1/large.txt`, Buffer.alloc(11 * 1024 * 1024, 'a'));
    symlinkSync(join(old.root, 'secret-elsewhere.txt'), join(old.root, folder, 'iteration_1/link.html'));
    symlinkSync(join(old.root, 'sites'), join(old.root, folder, 'iteration_2'));
    old.put(`${folder}/index_2024.html`, 'of an editor');
    old.put('other/.history', 'a file');
    const before = look();

    const { histories, problems } = await keep();
    const { files } = await readRun(old.journal, histories[0]?.runId ?? '');

    expect(files).toEqual(['sites/a/index.html']);
    expect(problems).toEqual([
      'other/.history: it is no folder; it was left out',
      'sites/a/.history/index_2024.html: it is no folder of a round; it was left out',
      'sites/a/.history/iteration_2: it is no folder of a round; it was left out',
      'sites/a/.history/iteration_1/.env: The path "sites/a/.env" is a file for secrets; it was left out',
      'sites/a/.history/iteration_1/key.js: it holds a secret in line 1 (marker); it was left out',
      'sites/a/.history/iteration_1/large.txt: it has 11534336 bytes, which is too large; it was left out',
      'sites/a/.history/iteration_1/link.html: it is a link, which is not followed; it was left out',
      'sites/a/.history/iteration_1/odd.txt: it cannot be read as text; it was left out',
      'sites/a/.history/iteration_1/own.js: it holds a key that is in use here; it was left out',
      'sites/a/.history/iteration_1/picture.png: it cannot be read as text; it was left out',
    ]);
    expect(look()).toEqual(before);
  });

  it('is a file the next round still has: it does not count as gone', async () => {
    logRun('a', { mode: '3loop' });
    old.put('sites/a/.history/iteration_1/a.js', 'fine');
    old.put('sites/a/.history/iteration_2/a.js', MARKER);

    const { histories } = await keep();
    const records = await readRunRecords(old.journal, histories[0]?.runId ?? '');

    expect(listSnapshots(records).map(({ round, changed }) => [round, changed])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  it('is all of a history that is too large', async () => {
    for (let number = 1; number <= 13; number += 1)
      old.put(`.history/iteration_${String(number)}/a.txt`, Buffer.alloc(10 * 1024 * 1024, 'a'));

    const { histories, problems } = await keep();

    expect(histories).toEqual([]);
    expect(problems).toEqual([
      expect.stringContaining('have 136314880 bytes, and at most 134217728 are kept'),
    ]);
  });

  it('is no state of a run, whatever it is called', async () => {
    old.put('.history/iteration_1/cost_history.json', [{ run_id: 'x', role: 'manager' }]);

    const { runs } = await keep();

    expect(runs).toEqual([]);
  });
});

describe('names out of an old tree', () => {
  it('cannot begin a line or move the cursor of whoever reads the report', async () => {
    old.put('run_workflows/r\n_workflow.json', {
      task: 'T',
      roadmap: { active_stage_id: 'x\u001B[2J\nforged' },
    });
    old.put('sites/b\nforged  imported/.history/iteration_1/index.html', '1');
    old.put('memory_store/r/\u202Ecut.json', '{');

    const text = renderImport(await keep());
    const listed = renderImport(await old.import());

    for (const told of [text, listed]) {
      expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(told.split('\n').filter((line) => line.startsWith('forged'))).toEqual([]);
    }
    expect(text).toContain('\\u{1b}[2J\\u{a}forged');
    expect(text).toContain('\\u{202e}cut.json');
  });
});
