import { type Change, type CrashPlace, MemoryJournal } from '@jarvis/core';
import { CrashingCrashPoint, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, listSnapshots, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE, scriptTeam } from './team.ts';

const task = 'Build a page for a bakery called Rye & Shine';
const write = (path: string, content: string): Change => ({ type: 'write', path, content });

const start = { 'index.html': 'mine', 'old.html': 'old', 'gone.html': 'gone', 'other.txt': 'other' };
const changes: readonly (readonly Change[])[] = [
  [write('index.html', PAGE), { type: 'move', from: 'old.html', to: 'new.html' }],
  [
    { type: 'edit', path: 'index.html', find: '<h1>', replace: '<h1 id="top">' },
    { type: 'delete', path: 'gone.html' },
    write('second.html', PAGE),
  ],
];
const script = { changes, approves: [false, true] };

async function runTwice() {
  const workspace = new MemoryWorkspace({ files: start });
  const team = createTeam(script, { workspace });
  const { runId } = await team.jarvis.run({ task });
  return { ...team, workspace, runId };
}

async function filesOf(workspace: MemoryWorkspace) {
  return Object.fromEntries((await workspace.readFiles()).map(({ path, content }) => [path, content]));
}

const afterFirst = { 'index.html': PAGE, 'new.html': 'old', 'gone.html': 'gone', 'other.txt': 'other' };

describe('the snapshots of a run', () => {
  it('are the start and each round that was written', async () => {
    const { context, runId } = await runTwice();

    const snapshots = listSnapshots(await readRunRecords(context.journal, runId));

    expect(snapshots.map(({ round, changed }) => [round, changed])).toEqual([
      [0, 0],
      [1, 3],
      [2, 3],
    ]);
    expect(listSnapshots([])).toEqual([]);
  });

  it('bring the files back, to any of them and forth again', async () => {
    const { jarvis, workspace, runId } = await runTwice();
    const atEnd = await filesOf(workspace);

    const toStart = await jarvis.restore(runId);
    const startAgain = await filesOf(workspace);
    await jarvis.restore(runId, { round: 1 });
    const firstAgain = await filesOf(workspace);
    await jarvis.restore(runId, { round: 2 });

    expect(startAgain).toEqual(start);
    expect(firstAgain).toEqual(afterFirst);
    expect(await filesOf(workspace)).toEqual(atEnd);
    expect(toStart).toEqual({
      runId,
      round: 0,
      restored: ['gone.html', 'index.html', 'old.html'],
      removed: ['new.html', 'second.html'],
      left: [],
      unchanged: 0,
    });
  });

  it('leave what the user has changed since, unless forced', async () => {
    const { jarvis, workspace, runId } = await runTwice();
    workspace.write('index.html', 'of the user');

    const first = await jarvis.restore(runId);
    const kept = workspace.read('index.html');
    const second = await jarvis.restore(runId, { force: true });

    expect(first).toMatchObject({ left: ['index.html'], restored: ['gone.html', 'old.html'] });
    expect(kept).toBe('of the user');
    expect(second).toMatchObject({ left: [], restored: ['index.html'], unchanged: 4 });
    expect(await filesOf(workspace)).toEqual(start);
  });

  it('change nothing in a dry run', async () => {
    const { jarvis, workspace, runId } = await runTwice();
    const before = await filesOf(workspace);

    const told = await jarvis.restore(runId, { isDryRun: true });

    expect(told.restored).toEqual(['gone.html', 'index.html', 'old.html']);
    expect(await filesOf(workspace)).toEqual(before);
  });

  it('are not there for other rounds, runs and folders', async () => {
    const { jarvis, context, runId } = await runTwice();
    const elsewhere = new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: { ...context, workspace: new MemoryWorkspace({ root: '/elsewhere' }) },
    });

    await expect(jarvis.restore(runId, { round: 3 })).rejects.toMatchObject({
      code: 'JARVIS_SNAPSHOT_NOT_FOUND',
      known: [0, 1, 2],
    });
    await expect(jarvis.restore('no-such-run')).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
    await expect(elsewhere.restore(runId)).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
  });

  it('do not begin before a run that was imported: what was there then nobody knows', async () => {
    const { context, runId } = await runTwice();
    const [first, ...rest] = await readRunRecords(context.journal, runId);
    if (first?.type !== 'run.accepted') expect.fail('the run was not accepted');
    const imported = { ...first, data: { ...first.data, isImported: true as const } };

    const snapshots = listSnapshots([imported, ...rest]);

    expect(snapshots.map(({ round }) => round)).toEqual([1, 2]);
  });

  it('are not brought back while another process works on the run', async () => {
    const { jarvis, context, runId } = await runTwice();
    await context.journal.acquire(`run:${runId}`);

    await expect(jarvis.restore(runId)).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
  });
});

describe('a process that dies', () => {
  it.each<{ place: CrashPlace; arrival: number }>([
    { place: 'apply.intended', arrival: 2 },
    { place: 'apply.file-written', arrival: 4 },
    { place: 'apply.file-written', arrival: 5 },
    { place: 'apply.file-written', arrival: 6 },
    { place: 'apply.done', arrival: 2 },
  ])(
    'F11 at $place ($arrival) leaves no half snapshot, and what it had begun is taken back',
    async (plan) => {
      const crashPoint = new CrashingCrashPoint(plan);
      const journal = new MemoryJournal();
      const dead = new MemoryWorkspace({ files: start, crashPoint });
      const llm = new ScriptedLlmClient(scriptTeam(script));
      const dying = new JarvisOrchestrator({
        mode: 'SIMPLE_2LOOP',
        context: testRunContext({ journal, workspace: dead, llm, crashPoint }),
      });
      await expect(dying.run({ task })).rejects.toThrow('Simulated crash');
      await journal.close();
      const [runId = ''] = await journal.listRuns();
      const workspace = new MemoryWorkspace({ files: await filesOf(dead) });
      const jarvis = new JarvisOrchestrator({
        mode: 'SIMPLE_2LOOP',
        context: testRunContext({ journal, workspace, llm }),
      });

      const listed = listSnapshots(await readRunRecords(journal, runId)).map(({ round }) => round);
      await jarvis.restore(runId, { round: 1 });
      const firstAgain = await filesOf(workspace);
      await jarvis.restore(runId);

      expect(listed).toEqual([0, 1]);
      expect(firstAgain).toEqual(afterFirst);
      expect(await filesOf(workspace)).toEqual(start);
    },
  );

  it.each([1, 2, 3, 4])('F11 after %i files were brought back can do it again', async (arrival) => {
    const { context, workspace, runId } = await runTwice();
    const files = await filesOf(workspace);
    const crashPoint = new CrashingCrashPoint({ place: 'apply.file-written', arrival });
    const crashing = new MemoryWorkspace({ files, crashPoint });
    const dying = new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: { ...context, workspace: crashing },
    });
    await expect(dying.restore(runId)).rejects.toThrow('Simulated crash');
    const half = new MemoryWorkspace({ files: await filesOf(crashing) });

    const outcome = await new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: { ...context, workspace: half },
    }).restore(runId);

    expect(await filesOf(half)).toEqual(start);
    expect(outcome.left).toEqual([]);
  });
});
