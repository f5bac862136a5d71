import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { CliIo, StopSignal } from '../src/wiring/cli-io.ts';

const TASK = 'Build a landing page for a bakery called Rye & Shine';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-cli-'));
  folder = join(root, 'project');
  mkdirSync(folder);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Call {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls the command as a shell would, with a state directory of its own. */
async function jarvis(...args: readonly string[]): Promise<Call> {
  const { io, out, err } = recordingIo();
  const code = await main([...args, '--state-dir', join(root, 'state')], io);
  return { code, out: out.join(''), err: err.join('') };
}

function recordingIo() {
  const out: string[] = [];
  const err: string[] = [];
  const listeners = new Set<(signal: StopSignal) => void>();
  const io: CliIo = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    folder,
    onStopSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exit: (code) => {
      throw new Error(`exit ${String(code)}`);
    },
  };
  return {
    io,
    out,
    err,
    send: (signal: StopSignal) => listeners.forEach((listener) => listener(signal)),
  };
}

async function runSimulated(): Promise<string> {
  const { out } = await jarvis('run', TASK, '--simulate', '--json');
  return readResult(out).runId;
}

describe('jarvis run', () => {
  it('shows the cap first, then progress, and the result on standard output', async () => {
    const { code, out, err } = await jarvis('run', TASK, '--simulate');

    expect(code).toBe(0);
    expect(err.split('\n')[0]).toBe('Cost cap: $1.00 for this run (change it with --max-cost).');
    expect(err).toContain('Simulated: no model is used');
    expect(out).toContain('done: The manager approved the work.');
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('<title>Rye &amp; Shine</title>');
  });

  it('prints the result as JSON, and nothing else, on standard output', async () => {
    const { out } = await jarvis('run', TASK, '--simulate', '--json', '--max-cost', '0.5');

    expect(JSON.parse(out)).toMatchObject({
      status: 'done',
      isSimulated: true,
      cost: { capUsd: 0.5, spentUsd: 0 },
    });
  });

  it('ends with 4 when the budget does not allow the next call, and resumes with a higher cap', async () => {
    await using server = await startFakeOpenAi({
      script: (request) => ({ type: 'json', content: answer(request.messages.at(-1)?.text) }),
    });
    const flags = ['--base-url', server.baseUrl, '--model', 'gpt-4.1-mini', '--json'];

    const stopped = await jarvis('run', TASK, ...flags, '--max-cost', '0.002');
    const { runId } = readResult(stopped.out);
    const config = join(root, 'own.json');
    writeFileSync(config, JSON.stringify({ llm: { baseUrl: server.baseUrl } }));
    const resumed = await jarvis('resume', runId, '--max-cost', '1', '--config', config, '--json');

    expect(stopped.code).toBe(4);
    expect(JSON.parse(stopped.out)).toMatchObject({ status: 'stopped', reason: 'budget' });
    expect(resumed.code).toBe(0);
    expect(new Set(server.requests.map(({ bodySha256 }) => bodySha256)).size).toBe(server.requests.length);
  });

  it('refuses a cap below what a run has spent, with both amounts, and leaves the run as it is', async () => {
    await using server = await startFakeOpenAi({
      script: (request) => ({ type: 'json', content: answer(request.messages.at(-1)?.text) }),
    });
    const flags = ['--base-url', server.baseUrl, '--model', 'gpt-4.1-mini', '--json'];
    const stopped = await jarvis('run', TASK, ...flags, '--max-cost', '0.002');
    const { runId } = readResult(stopped.out);
    const before = await jarvis('show', runId, '--json');

    const { code, err } = await jarvis('resume', runId, '--max-cost', '0.000001');

    expect(code).toBe(2);
    expect(err).toMatch(
      /^jarvis: --max-cost: the run has spent \$0\.\d+ already, which is more than \$0\.000001\. [^\n]+\n$/u,
    );
    expect((await jarvis('show', runId, '--json')).out).toBe(before.out);
  });

  it('goes on with another model when the server does not know the first', async () => {
    await using server = await startFakeOpenAi({
      script: (request) =>
        request.model === 'gpt-4.1-mini'
          ? { type: 'status', status: 404 }
          : { type: 'json', content: answer(request.messages.at(-1)?.text) },
    });
    const config = join(root, 'own.json');
    writeFileSync(
      config,
      JSON.stringify({ llm: { baseUrl: server.baseUrl }, models: { manager: 'gpt-4.1-mini' } }),
    );
    const stopped = await jarvis('run', TASK, '--config', config, '--json');
    const { runId } = readResult(stopped.out);

    const resumed = await jarvis('resume', runId, '--config', config, '--model', 'gpt-4.1', '--json');

    expect(stopped.code).toBe(1);
    expect(resumed.code).toBe(0);
    expect(server.requests.at(-1)).toMatchObject({ model: 'gpt-4.1' });
  });

  it('shows an answer that could not be used, which the message promises', async () => {
    await using server = await startFakeOpenAi({
      script: () => ({ type: 'json', content: { steps: 'not a list' } }),
    });
    const ended = await jarvis(
      'run',
      TASK,
      '--base-url',
      server.baseUrl,
      '--model',
      'gpt-4.1-mini',
      '--json',
    );
    const { runId } = readResult(ended.out);

    const shown = await jarvis('show', runId, '--answers');
    const json = await jarvis('show', runId, '--answers', '--json');

    expect(ended.code).toBe(1);
    expect(ended.out).toContain('jarvis show <run> --answers');
    expect(shown.out).toContain('answer 2 (plan) by gpt-4.1-mini: answered');
    expect(shown.out).toContain('"not a list"');
    expect(JSON.parse(json.out)).toMatchObject({
      runId,
      answers: [{ purpose: 'plan' }, { purpose: 'plan' }],
    });
  });

  it('stops after the call in flight when it is interrupted, with 130, and can be resumed', async () => {
    const { io, out, send } = recordingIo();
    await using server = await startFakeOpenAi({
      script: (request) => {
        send('SIGINT');
        return { type: 'json', content: answer(request.messages.at(-1)?.text) };
      },
    });

    const code = await main(
      ['run', TASK, '--base-url', server.baseUrl, '--json', '--state-dir', join(root, 'state')],
      io,
    );

    expect(code).toBe(130);
    expect(server.requests).toHaveLength(1);
    expect(JSON.parse(out.join(''))).toMatchObject({ status: 'parked', reason: 'interrupted' });
  });
});

describe('jarvis list, show and config', () => {
  it('lists the runs of the folder', async () => {
    const runId = await runSimulated();

    const { code, out } = await jarvis('list');

    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^RUN .* TASK\n${runId}  done .* UTC  .*Rye & Shine\n$`, 'u'));
  });

  it('says how to begin when there is none, and writes nothing', async () => {
    const { out } = await jarvis('list');

    expect(out).toContain('No runs yet. Start one with: jarvis run');
    expect(() => readFileSync(join(root, 'state'))).toThrow('ENOENT');
  });

  it('shows a run from any folder', async () => {
    const runId = await runSimulated();
    folder = join(root, 'elsewhere');
    mkdirSync(folder);

    const { code, out } = await jarvis('show', runId);

    expect(code).toBe(0);
    expect(out).toContain(`run ${runId}: done (approved)`);
    expect(out).toContain('timeline, in seconds from the start:');
  });

  it('lists the runs as JSON', async () => {
    const runId = await runSimulated();

    const { out } = await jarvis('list', '--json');

    expect(JSON.parse(out)).toMatchObject([
      { runId, status: 'done', task: TASK, mode: 'SIMPLE_2LOOP', spentUsd: 0 },
    ]);
  });

  it('shows the configuration for people, and what of the project it does not follow', async () => {
    writeFileSync(join(folder, 'jarvis.config.json'), '{ "loop": { "maxRounds": 50 } }');

    const { out, err } = await jarvis('config');

    expect(out).toMatch(/^loop\.maxRounds +3 {2}\(default\)$/mu);
    expect(out).toMatch(/^llm\.baseUrl +not set {2}\(default\)$/mu);
    expect(err).toContain('loop.maxRounds');
  });

  it('prints the JSON Schema of a configuration file, whatever is configured', async () => {
    writeFileSync(join(folder, 'jarvis.config.json'), 'nonsense');

    const { code, out } = await jarvis('config', '--schema');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ properties: { loop: {}, orchestrator: {} } });
  });

  it('shows each value with its origin', async () => {
    writeFileSync(join(folder, 'jarvis.config.json'), '{ "loop": { "maxRounds": 2 } }');

    const { out } = await jarvis('config', '--max-cost', '2', '--json');

    const { config, origins } = z
      .object({ config: z.unknown(), origins: z.record(z.string(), z.string()) })
      .parse(JSON.parse(out));
    expect(config).toMatchObject({ loop: { maxRounds: 2 }, costs: { capUsd: 2 } });
    expect(origins['loop.maxRounds']).toContain('jarvis.config.json');
    expect(origins['git.commit']).toBe('default');
  });
});

describe('jarvis migrate', () => {
  it('translates an old configuration and tells what it left out', async () => {
    const file = join(root, 'project_config.json');
    writeFileSync(file, '{ "task": "Build", "max_cost_usd": 0, "max_rounds": 2, "use_visual_review": true }');

    const { code, out, err } = await jarvis('migrate', 'config', file);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      mode: 'SIMPLE_2LOOP',
      costs: { capUsd: 'unlimited' },
      loop: { maxRounds: 2 },
    });
    expect(err).toContain('use_visual_review: left out');
  });
});

describe('a translated configuration', () => {
  it('is one a run can be started with', async () => {
    const old = join(root, 'project_config.json');
    writeFileSync(old, '{ "max_cost_usd": 0, "max_rounds": 2, "use_git": false }');
    const { out } = await jarvis('migrate', 'config', old);
    const translated = join(root, 'from-python.json');
    writeFileSync(translated, out);

    const run = await jarvis('run', TASK, '--simulate', '--config', translated, '--json');

    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ status: 'done', cost: { capUsd: 'unlimited' } });
  });

  it('is refused when the old value means nothing', async () => {
    const old = join(root, 'project_config.json');
    writeFileSync(old, '{ "max_cost_usd": "1,50" }');

    const { code, err } = await jarvis('migrate', 'config', old);

    expect(code).toBe(2);
    expect(err).toContain('max_cost_usd: expected a number');
  });
});

describe('a command line that cannot be carried out', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['rnu', 'x'], 'Did you mean run?'],
    [['run'], 'The task is missing'],
    [['run', TASK, '--bogus'], "unknown option '--bogus'"],
    [['run', TASK, 'more'], 'too many arguments'],
    [['run', TASK, '--max-cost', 'abc'], '(it is "abc")'],
    [['run', TASK, '--max-cost', '1', '--max-cost', '2'], 'given twice'],
    [['run', TASK, '--mode', 'phase'], 'Allowed choices'],
    [['run', TASK, '--base-url', 'http://127.0.0.1:9'], '127.0.0.1:9'],
    [['run', TASK, '--workspace', '/no/such/folder'], '/no/such/folder'],
    [['run', TASK, '--config', '/no/such/file.json'], '/no/such/file.json'],
    [['resume', '../../etc'], 'There is no run "../../etc"'],
    [['resume'], 'The id of the run is missing'],
    [['show'], 'The id of the run is missing'],
    [['migrate', 'nothing'], 'That cannot be migrated'],
  ])('%j: one line that names the thing, code 2, nothing written', async (args, message) => {
    const { code, out, err } = await jarvis(...args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^jarvis: [^\n]+\n$/u);
    expect(() => readFileSync(join(root, 'state'))).toThrow('ENOENT');
  });

  it('shows where an error comes from only with --debug', async () => {
    const quiet = await jarvis('run', TASK, '--workspace', '/no/such/folder');
    const loud = await jarvis('run', TASK, '--workspace', '/no/such/folder', '--debug');

    expect(quiet.err).not.toContain('    at ');
    expect(loud.err).toContain('    at ');
  });

  it('prints the error as JSON on standard output when asked for JSON', async () => {
    const { out } = await jarvis('resume', '20260101-000000-aaaaaa', '--json');

    expect(JSON.parse(out)).toMatchObject({ error: { code: 'JARVIS_RUN_NOT_FOUND' } });
  });
});

function readResult(out: string) {
  return z.object({ runId: z.string() }).parse(JSON.parse(out));
}

/** What a fake model says to a brief. */
function answer(message = '{}') {
  const brief = z.record(z.string(), z.unknown()).parse(JSON.parse(message));
  if ('findings' in brief) return { approved: true, feedback: [] };
  if ('feedback' in brief) {
    const content =
      '<!doctype html>\n<html lang="en"><head><meta charset="utf-8" /><title>Rye</title></head><body><h1>Rye</h1></body></html>\n';
    return { summary: 'Done.', files: [{ path: 'index.html', content }] };
  }
  return { steps: ['Write index.html'], acceptanceCriteria: [] };
}
