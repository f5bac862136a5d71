import { MemoryJournal } from '@jarvis/core';
import { CountingIds, FixedClock } from '@jarvis/core/testing';
import { JarvisOrchestrator, pruneRuns } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam } from './team.ts';

/** Three runs that are over, ended at 1, 2 and 3 seconds, and one that stands still; newest first. */
async function createRuns() {
  const journal = new MemoryJournal();
  const clock = new FixedClock();
  const ids = new CountingIds();
  const { context } = createTeam({}, { journal, clock, ids });
  const runIds: string[] = [];
  for (let run = 1; run <= 3; run += 1) {
    await clock.advance(1_000);
    runIds.unshift(
      (await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context }).run({ task: `Task ${String(run)}` }))
        .runId,
    );
  }
  const poor = new JarvisOrchestrator({
    context,
    config: { mode: 'SIMPLE_2LOOP', costs: { capUsd: 0.000_01 } },
  });
  const { runId: standing } = await poor.run({ task: 'Task 4' });
  return { journal, clock, runIds, standing };
}

describe('pruneRuns', () => {
  it('removes what is over and nothing that can be resumed', async () => {
    const { journal, runIds, standing } = await createRuns();

    const removed = await pruneRuns({ journal });

    expect(removed).toEqual(runIds);
    await expect(journal.listRuns()).resolves.toEqual([standing]);
  });

  it('keeps the newest, and what ended later', async () => {
    const { journal, clock, runIds } = await createRuns();
    const [, second, third] = runIds;

    const kept = await pruneRuns(
      { journal },
      { keep: 1, endedBeforeMs: clock.nowMs() - 500, isDryRun: true },
    );
    const older = await pruneRuns({ journal }, { endedBeforeMs: clock.nowMs() - 1_500, isDryRun: true });

    expect(kept).toEqual([second, third]);
    expect(older).toEqual([third]);
    await expect(journal.listRuns()).resolves.toHaveLength(4);
  });

  it('leaves a run alone that somebody has open', async () => {
    const { journal, runIds } = await createRuns();
    const [newest = ''] = runIds;
    await journal.acquire(`run:${newest}`);

    const removed = await pruneRuns({ journal });

    expect(removed).toEqual(runIds.slice(1));
  });
});
