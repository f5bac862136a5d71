import {
  type CommitPlan,
  crashPlaces,
  type CrashPoint,
  emptyHead,
  MemoryJournal,
  noCrashPoint,
  type RunContext,
  type WritePlan,
} from '@jarvis/core';
import {
  CrashingCrashPoint,
  FakeGitRepository,
  MemoryWorkspace,
  ScriptedLlmClient,
  testRunContext,
} from '@jarvis/core/testing';
import { JarvisOrchestrator, readRun, readRunRecords, type RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';
const work = [1, 2].map((round) => [
  { path: 'index.html', content: `<title>Knots ${String(round)}</title>` },
  { path: `knot-${String(round)}.html`, content: `<title>Knot ${String(round)}</title>` },
]);
const script = { work, approves: [false, true] };

/** What survives a process, and the process. */
function createWorld(crashPoint: CrashPoint = noCrashPoint) {
  let process = crashPoint;
  // Files and repository outlive the process that crashes; the next one does not crash.
  const relay: CrashPoint = { reach: (place) => process.reach(place) };
  const journal = new MemoryJournal();
  const workspace = new MemoryWorkspace({ files: { 'notes.txt': 'mine' }, crashPoint: relay });
  const git = new FakeGitRepository({ crashPoint: relay });
  const llm = new ScriptedLlmClient(scriptTeam(script));
  const context: RunContext = testRunContext({ journal, workspace, git, llm, crashPoint });
  const startAnotherProcess = async () => {
    process = noCrashPoint;
    await journal.close(); // the leases of the dead are free
    return new JarvisOrchestrator({ context: testRunContext({ journal, workspace, git, llm }) });
  };
  return { journal, workspace, git, llm, context, startAnotherProcess };
}

type World = ReturnType<typeof createWorld>;

async function runUndisturbed() {
  const world = createWorld();
  const result = await new JarvisOrchestrator({ context: world.context }).run({ task });
  return { world, result, files: await listFiles(world) };
}

async function listFiles({ workspace }: World) {
  return (await workspace.readFiles()).map(({ path, hash }) => `${path} ${hash}`);
}

describe('a run whose process dies', () => {
  it.each(crashPlaces.flatMap((place) => [1, 2, 3].map((arrival) => ({ place, arrival }))))(
    'at $place ($arrival): resumes to the same files, commits and answers',
    async (plan) => {
      const reference = await runUndisturbed();
      const world = createWorld(new CrashingCrashPoint(plan));
      const { journal, llm } = world;
      const died = await new JarvisOrchestrator({ context: world.context }).run({ task }).then(
        () => false,
        () => true,
      );
      const alive = await world.startAnotherProcess();
      const [runId] = await journal.listRuns();

      const result = runId === undefined ? await alive.run({ task }) : await alive.resume(runId);

      const doubted = result.cost.inDoubtCalls;
      expect(await listFiles(world)).toEqual(reference.files);
      expect(result.commits).toHaveLength(reference.result.commits.length);
      expect(result).toMatchObject({ status: 'done', reason: 'approved' });
      expect(doubted).toBeLessThanOrEqual(died ? 1 : 0);
      expect(llm.requests.length).toBeLessThanOrEqual(reference.world.llm.requests.length + 1);
      expect(llm.requests.length).toBeGreaterThanOrEqual(reference.world.llm.requests.length);
    },
  );

  it('resumes after every record of its journal, and asks no question again whose answer is recorded', async () => {
    const { world, result } = await runUndisturbed();
    const records = await readRunRecords(world.journal, result.runId);
    const sealed = await world.journal.read(result.runId);

    for (const [index, record] of records.entries()) {
      const kept = sealed.slice(0, index + 1);
      const answered = countAnswers(records.slice(0, index + 1));
      const { journal, llm, context } = await replayWorld(world, records.slice(0, index + 1), kept);

      const resumed = await new JarvisOrchestrator({ context }).resume(result.runId);
      const view = await readRun(journal, result.runId);

      expect(resumed.status, `after record ${String(record.seq)} ${record.type}`).toBe('done');
      expect(answered + llm.requests.length, `after record ${String(record.seq)} ${record.type}`).toBe(5);
      expect(view.rounds.map(({ work: done }) => done?.files)).toEqual(
        result.rounds.map(({ work: done }) => done?.files),
      );
    }
  });
});

function countAnswers(records: readonly RunRecord[]): number {
  return records.filter(({ type, data }) => type === 'step.finished' && data.name.startsWith('model.'))
    .length;
}

/** The world as it was when the journal ended with `kept`: files and commits of the rounds that were over. */
async function replayWorld(
  world: World,
  records: readonly RunRecord[],
  kept: Awaited<ReturnType<MemoryJournal['read']>>,
) {
  const journal = new MemoryJournal();
  const runId = records[0]?.runId ?? '';
  const lease = await journal.acquire(`run:${runId}`);
  const hashes = JSON.stringify(kept).match(/[0-9a-f]{64}/gu) ?? [];
  const contents = new Map<string, string>();
  for (const hash of hashes) {
    const content = await world.journal.readBlob(hash);
    if (content !== undefined) contents.set(hash, content);
    for (const inner of content?.match(/[0-9a-f]{64}/gu) ?? []) {
      const innerContent = await world.journal.readBlob(inner);
      if (innerContent !== undefined) contents.set(inner, innerContent);
    }
  }
  const blobs = [...contents].map(([hash, content]) => ({ hash, content }));
  await journal.append({ runId, lease, previousHash: emptyHead(runId).hash, records: kept, blobs });
  await journal.release(lease);

  const workspace = new MemoryWorkspace({ files: { 'notes.txt': 'mine' } });
  const git = new FakeGitRepository();
  await repeatEffects(records, {
    workspace,
    git,
    contentOf: (hash) => Promise.resolve(contents.get(hash) ?? ''),
  });
  const llm = new ScriptedLlmClient(scriptTeam(script));
  return { journal, llm, context: testRunContext({ journal, workspace, llm, git }) };
}

interface Effects {
  readonly workspace: MemoryWorkspace;
  readonly git: FakeGitRepository;
  readonly contentOf: (hash: string) => Promise<string>;
}

/** Brings files and repository to where the finished effects of the records left them. */
async function repeatEffects(
  records: readonly RunRecord[],
  { workspace, git, contentOf }: Effects,
): Promise<void> {
  const started = new Map<string, unknown>();
  for (const record of records) {
    if (record.type === 'step.started') started.set(record.data.stepId, record.data.intent);
    if (record.type !== 'step.finished') continue;
    const intent = started.get(record.data.stepId);
    if (record.data.name === 'workspace.apply') await workspace.apply(intent as WritePlan, contentOf);
    if (record.data.name === 'git.commit') await git.commit(intent as CommitPlan, contentOf);
  }
}
