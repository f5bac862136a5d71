import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-costs-'));
  folder = join(root, 'project');
  mkdirSync(folder);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Calls the command as a shell would, with a state directory of its own. */
async function jarvis(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    folder,
    onStopSignal: () => () => undefined,
    exit: (code: number) => expect.fail(`exit ${String(code)}`),
  };
  const code = await main([...args, '--state-dir', join(root, 'state')], io);
  return { code, out: out.join(''), err: err.join('') };
}

const resultSchema = z.object({ runId: z.string() });

async function runSimulated(): Promise<string> {
  const { out } = await jarvis('run', 'Build a landing page', '--simulate', '--json');
  return resultSchema.parse(JSON.parse(out)).runId;
}

function answer(text = '{}'): unknown {
  const brief = z
    .object({ round: z.int().optional(), summary: z.string().optional() })
    .parse(JSON.parse(text));
  if (brief.round === undefined) return { steps: ['Write it'], acceptanceCriteria: ['It is there'] };
  if (brief.summary !== undefined) return { approved: true, feedback: [] };
  return { summary: 'Wrote it', files: [{ path: 'notes.txt', content: 'Rye\n' }] };
}

describe('jarvis costs', () => {
  it('says that nothing was spent before the first run', async () => {
    const { code, out } = await jarvis('costs');

    expect([code, out]).toEqual([0, 'No runs yet, and nothing spent.\n']);
  });

  it('lists what every run cost, and their sum', async () => {
    const runId = await runSimulated();

    const text = await jarvis('costs');
    const json = await jarvis('costs', '--json');

    expect(text.out).toMatch(
      new RegExp(`^${runId}  done +simulated +\\d+ calls  SIMPLE_2LOOP\ntotal: \\$0\\.00 in 1 run`, 'u'),
    );
    expect(JSON.parse(json.out)).toMatchObject({ lines: [{ runId, spentUsd: 0 }], total: { runs: 1 } });
  });

  it('tells what one run cost by role and model, and warns of it on the way', async () => {
    await using server = await startFakeOpenAi({
      script: (request) => ({ type: 'json', content: answer(request.messages.at(-1)?.text) }),
    });
    const config = join(root, 'own.json');
    writeFileSync(
      config,
      JSON.stringify({ llm: { baseUrl: server.baseUrl }, costs: { warnAtUsd: 0.000_15 } }),
    );
    const run = await jarvis('run', 'Write notes', '--config', config, '--model', 'gpt-4.1-mini', '--json');
    const { runId } = resultSchema.parse(JSON.parse(run.out));

    const text = await jarvis('costs', runId);
    const json = await jarvis('costs', runId, '--json');

    expect(run.err.match(/^Warning: this run has cost/gmu)).toHaveLength(1);
    expect(text.out).toContain(`run ${runId}: done\ncost: $0.000360 of $1.00, 3 calls\n`);
    expect(text.out).toContain('  manager on gpt-4.1-mini: 2 calls, $0.000240, 200 tokens in, 100 out\n');
    expect(JSON.parse(json.out)).toMatchObject({
      runId,
      status: 'done',
      cost: { calls: 3, spentUsd: 0.000_36 },
    });
  });

  it('ends with 2 for a run that does not exist', async () => {
    const { code, err } = await jarvis('costs', '20200101-000000-aaaaaa');

    expect(code).toBe(2);
    expect(err).toContain('20200101-000000-aaaaaa');
  });
});
