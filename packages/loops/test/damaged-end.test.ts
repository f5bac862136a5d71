import { MemoryJournal, type SealedRecord } from '@jarvis/core';
import { MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readAccepted } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

/** A journal one record of which was changed on disk. */
class ChangedJournal extends MemoryJournal {
  changed: number | undefined;

  override async read(runId: string, afterSeq?: number, limit?: number): Promise<readonly SealedRecord[]> {
    return (await super.read(runId, afterSeq, limit)).map((record) => this.#change(record));
  }

  override async readLast(runId: string): Promise<SealedRecord | undefined> {
    const last = await super.readLast(runId);
    return last && this.#change(last);
  }

  #change(record: SealedRecord): SealedRecord {
    return record.seq === this.changed ? { ...record, body: `${record.body} ` } : record;
  }
}

async function runToEnd() {
  const journal = new ChangedJournal();
  const llm = new ScriptedLlmClient(scriptTeam());
  const context = testRunContext({ journal, llm, workspace: new MemoryWorkspace() });
  const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP' } });
  const { runId } = await jarvis.run({ task: 'Build a page about knots' });
  const count = (await journal.readLast(runId))?.seq ?? 0;
  return { journal, jarvis, llm, runId, count };
}

describe('resuming a run that is over', () => {
  it('gives its result again and asks nobody', async () => {
    const { jarvis, llm, runId } = await runToEnd();
    const asked = llm.requests.length;

    await expect(jarvis.resume(runId)).resolves.toMatchObject({ runId, status: 'done' });

    expect(llm.requests).toHaveLength(asked);
  });

  it.each([
    ['the first', () => 1],
    ['a middle', (count: number) => Math.floor(count / 2)],
    ['the last', (count: number) => count],
  ])('shows that %s record was changed', async (_, pick) => {
    const { journal, jarvis, runId, count } = await runToEnd();
    journal.changed = pick(count);

    await expect(jarvis.resume(runId)).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_DAMAGED',
      seq: pick(count),
    });
  });

  it('says that there is none when it is unknown', async () => {
    const { jarvis } = await runToEnd();

    await expect(jarvis.resume('20261122-160057-aaaaaa')).rejects.toMatchObject({
      code: 'JARVIS_RUN_NOT_FOUND',
    });
  });
});

describe('readAccepted', () => {
  it('tells what a run was accepted with, by its first record alone', async () => {
    const { journal, runId, count } = await runToEnd();
    journal.changed = count;

    await expect(readAccepted(journal, runId)).resolves.toMatchObject({ task: 'Build a page about knots' });
    await expect(readAccepted(journal, 'another')).resolves.toBeUndefined();
  });

  it('believes no record that was changed', async () => {
    const { journal, runId } = await runToEnd();
    journal.changed = 1;

    await expect(readAccepted(journal, runId)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED' });
  });
});
