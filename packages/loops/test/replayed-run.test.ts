import { MemoryJournal, MemoryRecording, RecordedLlmClient, withRecording } from '@jarvis/core';
import { CrashingCrashPoint, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';
const work = [1, 2].map((round) => [
  { path: 'index.html', content: `<title>Knots ${String(round)}</title>` },
]);

/** Takes out what differs between the rounds, so that the same is asked in both. */
const redact = (text: string) => (text.includes(task) ? 'A question.' : text);

describe('a recorded run that is replayed', () => {
  it('goes on with the answers of the round it stands in when the replaying process was killed', async () => {
    const recording = new MemoryRecording();
    const server = new ScriptedLlmClient(scriptTeam({ work, approves: [false, true] }));
    const recorded = testRunContext({ llm: withRecording(server, recording, redact) });
    const original = await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: recorded }).run({ task });
    const [journal, workspace] = [new MemoryJournal(), new MemoryWorkspace()];
    const open = (crashPoint?: CrashingCrashPoint) => {
      const llm = new RecordedLlmClient(recording.exchanges, redact);
      const context = testRunContext({ journal, workspace, llm, ...(crashPoint && { crashPoint }) });
      return new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context });
    };
    const afterFirstReview = new CrashingCrashPoint({ place: 'model.settled', arrival: 3 });
    await expect(open(afterFirstReview).run({ task })).rejects.toThrow('Simulated crash');
    await journal.close();

    const [runId = ''] = await journal.listRuns();
    const replayed = await open().resume(runId);

    expect(replayed).toMatchObject({ status: 'done', rounds: original.rounds });
    expect(await workspace.readFiles()).toEqual(await recorded.workspace.readFiles());
    expect((await workspace.readFiles())[0]?.content).toBe(work[1]?.[0]?.content);
  });
});
