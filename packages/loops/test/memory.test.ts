import {
  emptyHead,
  type Journal,
  MemoryJournal,
  type RunContext,
  RunNotFoundError,
  sealRecord,
} from '@jarvis/core';
import { CountingIds, FixedClock, MemoryWorkspace } from '@jarvis/core/testing';
import { JarvisOrchestrator, OrchestratorMemory, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE } from './team.ts';

/** A run that was approved, and after it one that was not; newest first. */
async function createSession() {
  const world = { journal: new MemoryJournal(), clock: new FixedClock(), ids: new CountingIds() };
  const approving = createTeam({}, world);
  const done = await approving.jarvis.run({ task: 'Build a bakery page' });
  await world.clock.advance(1_000);
  const work = [[{ path: 'page.html', content: PAGE.replace('<title>', '<title lang="">') }]];
  const strict = createTeam(
    { approves: [false], work },
    { ...world, workspace: approving.context.workspace },
  );
  const left = await strict.jarvis.run({ task: 'Add opening hours' });
  return { context: approving.context, done: done.runId, left: left.runId };
}

/** A run that stands still because its budget is spent. */
async function createParked() {
  const { context } = createTeam();
  const poor = new JarvisOrchestrator({
    context,
    config: { mode: 'SIMPLE_2LOOP', costs: { capUsd: 0.000_01 } },
  });
  const { runId } = await poor.run({ task: 'Too dear' });
  return { context, runId };
}

/** Accepts a run of a session that was given a name, like the oldest one. */
async function nameRun(journal: Journal, runId: string, session: string): Promise<void> {
  const [like = ''] = (await journal.listRuns()).slice(-1);
  const [accepted] = await readRunRecords(journal, like);
  if (accepted?.type !== 'run.accepted') throw new Error('There is no run to begin like.');
  const record = sealRecord(emptyHead(runId), { ...accepted, runId, data: { ...accepted.data, session } });
  const lease = await journal.acquire(`run:${runId}`);
  await journal.append({
    runId,
    lease,
    previousHash: emptyHead(runId).hash,
    records: [record],
    blobs: [],
  });
  await journal.release(lease);
}

async function listRemembered(context: RunContext): Promise<readonly string[]> {
  const { session } = await OrchestratorMemory.load(context);
  return session.runs.map(({ runId }) => runId);
}

describe('OrchestratorMemory', () => {
  it('remembers nothing where nothing has happened', async () => {
    const { context } = createTeam();

    const memory = await OrchestratorMemory.load(context);

    expect(memory.session.runs).toEqual([]);
    expect(memory.context('Build a page', 1_000).text).toBe('');
    expect(memory.unreadable).toEqual([]);
  });

  it('tells what earlier runs decided and left open', async () => {
    const { context, done, left } = await createSession();

    const { session } = await OrchestratorMemory.load(context);
    const texts = session.entries.map(({ runId, text }) => [runId, text]);

    expect(session.runs.map(({ runId, status }) => [runId, status])).toEqual([
      [left, 'partial'],
      [done, 'done'],
    ]);
    expect(texts).toContainEqual([left, expect.stringMatching(/^The manager wants: Round \d is not good/u)]);
    expect(texts).toContainEqual([left, expect.stringMatching(/^Stage "Add opening hours" is blocked: /u)]);
    expect(texts).toContainEqual([done, 'Approved in round 1: Round 1']);
    expect(texts).not.toContainEqual([done, expect.stringContaining('Stage')]);
    expect(session.spentUsd).toBeGreaterThan(0);
  });

  it('gives a task what has to do with it, and never more than there is room for', async () => {
    const { context, done } = await createSession();
    const memory = await OrchestratorMemory.load(context);

    const told = memory.context('Make the bakery page blue', 120);

    expect(told.entries[0]?.runId).toBe(done);
    expect(told.text).toMatch(/^- decision: /u);
    expect(Buffer.byteLength(told.text)).toBeLessThanOrEqual(120);
    expect(told.leftOut).toBeGreaterThan(0);
  });

  it('takes the newest runs only, when told so', async () => {
    const { context, left } = await createSession();

    const { session } = await OrchestratorMemory.load(context, { newest: 1 });

    expect(session.runs.map(({ runId }) => runId)).toEqual([left]);
  });

  it('keeps to its project and to its session', async () => {
    const { context, done, left } = await createSession();
    const { journal } = context;
    await nameRun(journal, 'run-9', 'release');
    const workspace = new MemoryWorkspace({ root: '/elsewhere' });

    const elsewhere = await OrchestratorMemory.load({ ...context, workspace });
    const named = await OrchestratorMemory.load(context, { session: 'release' });

    expect(elsewhere.session.runs).toEqual([]);
    expect(named.session.runs.map(({ runId }) => runId)).toEqual(['run-9']);
    await expect(listRemembered(context)).resolves.toEqual([left, done]);
  });

  it('names a run that cannot be read, and tells of the others', async () => {
    const { context, done, left } = await createSession();
    const { journal } = context;
    const damaged = new MemoryJournal();
    damaged.listRuns = () => journal.listRuns();
    damaged.read = async (runId) => (await journal.read(runId)).slice(runId === left ? 1 : 0);

    const memory = await OrchestratorMemory.load({ ...context, journal: damaged });

    expect(memory.unreadable).toEqual([left]);
    expect(memory.session.runs.map(({ runId }) => runId)).toEqual([done]);
  });
});

describe('forgetting', () => {
  it('tells nobody of a run that is over, from now on and for good, and keeps its records', async () => {
    const { context, done, left } = await createSession();
    const memory = await OrchestratorMemory.load(context);

    await memory.forget(left);
    await memory.forget(left);

    expect(memory.session.runs.map(({ runId }) => runId)).toEqual([done]);
    await expect(listRemembered(context)).resolves.toEqual([done]);
    await expect(readRunRecords(context.journal, left)).resolves.not.toEqual([]);
  });

  it('holds for a run that stands still, before it is resumed and after', async () => {
    const { context, runId } = await createParked();
    const memory = await OrchestratorMemory.load(context);
    await memory.forget(runId);

    const before = await listRemembered(context);
    await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context }).resume(runId, { capUsd: 1 });
    const records = await readRunRecords(context.journal, runId);

    expect(before).toEqual([]);
    expect(records.map(({ type }) => type)).toContain('run.forgotten');
    await expect(context.journal.readInbox(runId)).resolves.toEqual([]);
    await expect(listRemembered(context)).resolves.toEqual([]);
  });

  it('says so when there is no such run', async () => {
    const { context } = createTeam();
    const memory = await OrchestratorMemory.load(context);

    await expect(memory.forget('nobody')).rejects.toThrow(RunNotFoundError);
  });
});
