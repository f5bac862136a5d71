import { crashPlaces, type CrashPoint, MemoryJournal, noCrashPoint, type RunContext } from '@jarvis/core';
import {
  CrashingCrashPoint,
  FakeGitRepository,
  MemoryWorkspace,
  ScriptedLlmClient,
  testRunContext,
} from '@jarvis/core/testing';
import { JarvisOrchestrator, readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { countAnswers, replayWorld } from './replay-world.ts';
import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';
const work = [1, 2].map((round) => [
  { path: 'index.html', content: `<title>Knots ${String(round)}</title>` },
  { path: `knot-${String(round)}.html`, content: `<title>Knot ${String(round)}</title>` },
]);
const FILES = { 'notes.txt': 'mine' };
const script = { work, approves: [false, true] };

/** What survives a process, and the process. */
function createWorld(crashPoint: CrashPoint = noCrashPoint) {
  let process = crashPoint;
  // Files and repository outlive the process that crashes; the next one does not crash.
  const relay: CrashPoint = { reach: (place) => process.reach(place) };
  const journal = new MemoryJournal();
  const workspace = new MemoryWorkspace({ files: FILES, crashPoint: relay });
  const git = new FakeGitRepository({ crashPoint: relay });
  const llm = new ScriptedLlmClient(scriptTeam(script));
  const context: RunContext = testRunContext({ journal, workspace, git, llm, crashPoint });
  const startAnotherProcess = async () => {
    process = noCrashPoint;
    await journal.close(); // the leases of the dead are free
    return new JarvisOrchestrator({
      mode: 'SIMPLE_2LOOP',
      context: testRunContext({ journal, workspace, git, llm }),
    });
  };
  return { journal, workspace, git, llm, context, startAnotherProcess };
}

type World = ReturnType<typeof createWorld>;

async function runUndisturbed() {
  const world = createWorld();
  const result = await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: world.context }).run({ task });
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
      const died = await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: world.context })
        .run({ task })
        .then(
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
      const cut = { journal: world.journal, records: records.slice(0, index + 1), kept, files: FILES };
      const { journal, llm, context } = await replayWorld(cut, scriptTeam(script));

      const resumed = await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context }).resume(result.runId);
      const view = await readRun(journal, result.runId);

      expect(resumed.status, `after record ${String(record.seq)} ${record.type}`).toBe('done');
      expect(answered + llm.requests.length, `after record ${String(record.seq)} ${record.type}`).toBe(5);
      expect(view.rounds.map(({ work: done }) => done?.files)).toEqual(
        result.rounds.map(({ work: done }) => done?.files),
      );
    }
  });
});
