import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { CommandLine } from './command-line.ts';

const TASK = 'Make a page for a choir';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  shell.remove();
});

/** Starts a run by an old name; its id. */
async function startOld(name: string, config: object, ...flags: readonly string[]): Promise<string> {
  vi.spyOn(process, 'emitWarning').mockReturnValue(); // says that the run is not done
  const input = join(shell.root, 'input.json');
  writeFileSync(input, JSON.stringify({ config: { task: TASK, ...config } }));
  const { out } = await shell.call('migrate', 'call', name, '--input', input, ...flags);
  return z.object({ result: z.object({ run_id: z.string() }) }).parse(JSON.parse(out)).result.run_id;
}

const page = () => readFileSync(join(shell.folder, 'index.html'), 'utf8');

it.each(['orchestrator_2loop.main', 'orchestrator_3loop_legacy.main', 'orchestrator_phase3.main'])(
  'goes on with a run of %s that waited for a person',
  async (name) => {
    const runId = await startOld(name, { interactive_cost_mode: 'once' }, '--simulate');

    const approved = await shell.call('approve', runId, '--by', 'ada', '--resume');

    expect(approved).toMatchObject({ code: 0 });
    expect(page()).toContain(TASK);
  },
);

it('goes on with a run the cap of an old configuration has stopped, in its words and at its prices', async () => {
  await using server = await startFakeOpenAi({
    script: ({ messages }) => {
      const text = messages.find(({ role }) => role === 'user')?.text ?? '';
      if (!text.startsWith('{'))
        return { type: 'json', content: { plan: ['Write it'], acceptance_criteria: [] } };
      if (text.includes('"files_summary"'))
        return { type: 'json', content: { status: 'approved', feedback: [] } };
      return { type: 'json', content: { files: { 'index.html': `<h1>${TASK}</h1>` } } };
    },
  });
  vi.stubEnv('OPENAI_BASE_URL', server.baseUrl);
  vi.stubEnv('OPENAI_API_KEY', 'sk-old-runs');
  const runId = await startOld('orchestrator_2loop.main', { max_cost_usd: 0.001 });

  const resumed = await shell.call('resume', runId, '--max-cost', '1', '--json');

  expect(resumed).toMatchObject({ code: 0 });
  const { cost } = z.object({ cost: z.object({ spentUsd: z.number() }) }).parse(JSON.parse(resumed.out));
  expect(cost.spentUsd).toBeGreaterThan(0);
  expect(page()).toContain(TASK);
});

it('does the task of a run of an old name once more in the same dialect, and in no mode that does not speak it', async () => {
  const runId = await startOld('orchestrator_2loop.main', {}, '--simulate');

  const again = await shell.call('fork', runId, '--mode', 'SIMPLE_2LOOP');
  const other = await shell.call('fork', runId, '--mode', 'LEGACY_3LOOP');

  expect(again).toMatchObject({ code: 0 });
  expect(other.code).toBe(2);
  expect(other.err).toContain('Choose another mode');
});
