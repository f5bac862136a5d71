import type { ConfigInput, RoutingRule } from '@jarvis/core';
import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const ROUTING: RoutingRule[] = [
  { when: { purpose: 'review' }, model: 'gpt-4.1', because: 'Reviews are worth it.' },
  { when: { purpose: 'work', round: { min: 2 } }, model: { of: 'strong' }, because: 'Once is enough.' },
];

describe('rules of the user', () => {
  it('choose the models of a run, and are pinned with it', async () => {
    const llm = new ScriptedLlmClient(scriptTeam({ approves: [false, true] }));
    const context = testRunContext({ llm });
    const config: ConfigInput = { models: { routing: ROUTING, tiers: { strong: 'gpt-5' } } };
    const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', ...config } });

    const { runId } = await jarvis.run({ task: 'Write a page for the bakery' });

    expect(llm.requests.map(({ purpose, model }) => [purpose, model])).toEqual([
      ['plan', 'gpt-4.1-mini'],
      ['work', 'gpt-4.1-mini'],
      ['review', 'gpt-4.1'],
      ['work', 'gpt-5'],
      ['review', 'gpt-4.1'],
    ]);
    const records = await readRunRecords(context.journal, runId);
    const accepted = records.find(({ type }) => type === 'run.accepted');
    expect(accepted?.data).toMatchObject({
      config: { models: { routing: ROUTING, tiers: { strong: 'gpt-5' } } },
    });
  });

  it('do not reach a simulated run, which has one model', async () => {
    const context = testRunContext();
    const config: ConfigInput = {
      models: { routing: ROUTING, tiers: { strong: 'gpt-5' } },
      llm: { simulate: true },
    };
    const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', ...config } });

    const { runId } = await jarvis.run({ task: 'Write a page for the bakery' });

    const records = await readRunRecords(context.journal, runId);
    const asked = records.flatMap((record) => (record.type === 'attempt.opened' ? [record.data] : []));
    expect(asked.length).toBeGreaterThan(0);
    expect(JSON.stringify(asked)).not.toContain('gpt-');
  });
});
