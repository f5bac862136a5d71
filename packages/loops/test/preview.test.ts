import { MemoryJournal } from '@jarvis/core';
import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

const task = 'Fix a typo';

function open(config = {}) {
  const journal = new MemoryJournal();
  const llm = new ScriptedLlmClient([]);
  const parts = { journal, llm, workspace: new MemoryWorkspace(), git: new FakeGitRepository() };
  return {
    journal,
    llm,
    jarvis: new JarvisOrchestrator({
      context: testRunContext(parts),
      config: { mode: 'SIMPLE_2LOOP', ...config },
    }),
  };
}

describe('a preview', () => {
  it('tells models and why, an estimate and the checks, and leaves nothing behind', async () => {
    const { jarvis, journal, llm } = open({ models: { tiers: { small: 'gpt-4.1-nano' } } });

    const preview = await jarvis.preview({ task });

    expect(preview).toMatchObject({ task, mode: 'SIMPLE_2LOOP', isSimulated: false });
    expect(preview.models.map(({ purpose, model }) => [purpose, model])).toEqual([
      ['plan', 'gpt-4.1-mini'],
      ['work', 'gpt-4.1-nano'],
      ['review', 'gpt-4.1-mini'],
    ]);
    expect(preview.models[1]).toMatchObject({
      origin: 'dialect',
      because: expect.stringContaining('small') as unknown,
    });
    expect(preview.estimate).toMatchObject({ capUsd: 1, basis: { type: 'typical' } });
    expect(preview.estimate?.assumptions.at(-1)).toContain('Asked are gpt-4.1-mini, gpt-4.1-nano,');
    expect(llm.requests).toEqual([]);
    await expect(journal.listRuns()).resolves.toEqual([]);
  });

  it('gives no estimate where a price is not known and none is needed', async () => {
    const models = { manager: 'unheard-of', employee: 'unheard-of' };

    const { estimate } = await open({ models, costs: { capUsd: 'unlimited' } }).jarvis.preview({ task });

    expect(estimate).toBeUndefined();
  });

  it('is refused like the run itself', async () => {
    await expect(open().jarvis.preview({ task: ' ' })).rejects.toMatchObject({ code: 'JARVIS_TASK_INVALID' });
    await expect(open({ models: { manager: 'unheard-of' } }).jarvis.preview({ task })).rejects.toMatchObject({
      code: 'JARVIS_COST_UNKNOWN_PRICE',
    });
  });
});
