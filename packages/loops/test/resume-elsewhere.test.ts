import { MemoryJournal } from '@jarvis/core';
import { MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';

/** A run that stands still for want of budget, and orchestrators of folders that share its journal. */
async function startRun() {
  const journal = new MemoryJournal();
  const open = (root: string) => {
    const llm = new ScriptedLlmClient(scriptTeam());
    const workspace = new MemoryWorkspace({ root, files: { 'index.html': 'of another project' } });
    const context = testRunContext({ journal, llm, workspace });
    return { llm, workspace, jarvis: new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context }) };
  };
  const costs = { capUsd: 0.000_01 };
  const here = testRunContext({ journal, workspace: new MemoryWorkspace({ root: '/here' }) });
  const { runId } = await new JarvisOrchestrator({
    context: here,
    config: { mode: 'SIMPLE_2LOOP', costs },
  }).run({ task });
  return { journal, open, runId };
}

describe('a run that is resumed from another folder', () => {
  it('is not found there, and neither it nor the folder is changed', async () => {
    const { journal, open, runId } = await startRun();
    const before = await journal.read(runId);
    const elsewhere = open('/elsewhere');

    const resumed = elsewhere.jarvis.resume(runId, { capUsd: 1 });

    await expect(resumed).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND', runId });
    expect(await journal.read(runId)).toEqual(before);
    expect(elsewhere.llm.requests).toEqual([]);
    expect((await elsewhere.workspace.readFiles()).map(({ content }) => content)).toEqual([
      'of another project',
    ]);
  });

  it('goes on in its own folder after that', async () => {
    const { open, runId } = await startRun();
    await expect(open('/elsewhere').jarvis.resume(runId, { capUsd: 1 })).rejects.toThrow(runId);

    const result = await open('/here').jarvis.resume(runId, { capUsd: 1 });

    expect(result.status).toBe('done');
  });
});
