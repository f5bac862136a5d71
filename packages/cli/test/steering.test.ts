import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type FakeOpenAiServer, startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it } from 'vitest';

import { type Call, CommandLine, oneRound, runIdIn } from './command-line.ts';

const NOBODY = '20200101-000000-aaaaaa';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

const flagsFor = ({ baseUrl }: FakeOpenAiServer) => ['--base-url', baseUrl, '--model', 'gpt-4.1-mini'];

/** Runs a task, and calls the command while the first answer is on its way. */
async function runAndMeanwhile(command: (runId: string) => readonly string[], ...more: readonly string[]) {
  const calls: Call[] = [];
  const replies = oneRound.values();
  await using server = await startFakeOpenAi({
    script: async () => {
      if (calls.length === 0) {
        const [, runId = ''] = /"runId": "([^"]+)"/u.exec((await shell.call('list', '--json')).out) ?? [];
        calls.push(await shell.call(...command(runId)));
      }
      return replies.next().value;
    },
  });
  const run = await shell.call('run', 'Write notes', ...flagsFor(server), '--json', ...more);
  return { run, meanwhile: calls[0] ?? expect.fail('nothing was asked'), requests: server.requests.length };
}

/** A run that waits for a higher cap. */
async function stop(given?: FakeOpenAiServer): Promise<string> {
  await using own = await startFakeOpenAi({ script: oneRound });
  const server = given ?? own;
  const run = await shell.call('run', 'Write', ...flagsFor(server), '--max-cost', '0.000001', '--json');
  return runIdIn(run);
}

describe('jarvis cancel', () => {
  it('asks the process that works on a run to end it', async () => {
    const { run, meanwhile, requests } = await runAndMeanwhile((id) => ['cancel', id, '--reason', 'Wrong']);

    expect(meanwhile).toMatchObject({ code: 0, out: expect.stringMatching(/^requested: /u) as unknown });
    expect(JSON.parse(run.out)).toMatchObject({ status: 'cancelled' });
    expect((await shell.call('show', runIdIn(run))).out).toContain('Wrong');
    expect(requests).toBe(1);
  });

  it('ends a run that stands still, and leaves one that is over as it is', async () => {
    const runId = await stop();

    const first = await shell.call('cancel', runId);
    const second = await shell.call('cancel', runId, '--json');

    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^cancelled: /u) as unknown });
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toEqual({ runId, outcome: 'over' });
  });

  it('answers 7 about a run that has ended in another way', async () => {
    const { code, out } = await shell.call('cancel', await shell.simulate());

    expect(code).toBe(7);
    expect(out).toContain('over: It was over already (done) and stays as it is.');
  });

  it('F48: is not undone by resume, which names the flag that does it', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await stop(server);
    await shell.call('cancel', runId);

    const refused = await shell.call('resume', runId, '--max-cost', '1');
    const reopened = await shell.call('resume', runId, '--reopen', '--max-cost', '1');
    const again = await shell.call('resume', runId, '--reopen');

    expect(refused).toMatchObject({ code: 7, out: '' });
    expect(refused.err).toContain(`jarvis resume ${runId} --reopen`);
    expect(reopened).toMatchObject({ code: 0 });
    expect(again).toMatchObject({ code: 7 });
    expect((await shell.call('show', runId)).out).toContain('Opened again, from where it stood');
  });

  it('shows what is hidden in a reason', async () => {
    const runId = await stop();

    const cancelled = await shell.call('cancel', runId, '--reason', 'Wrong\u200B folder');

    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.err).toContain(
      'The reason has a hidden character, which is kept with it: Wrong\\u{200b}',
    );
    expect((await shell.call('show', runId)).out).toContain('Wrong\\u{200b} folder');
  });

  it.each([
    [['cancel'], 'The id of the run is missing'],
    [['cancel', NOBODY], NOBODY],
    [['amend'], 'The id of the run is missing'],
    [['amend', NOBODY], 'Nothing is to be changed'],
    [['amend', NOBODY, '--max-cost', '1'], NOBODY],
    [['amend', NOBODY, '--max-cost', 'lots'], '--max-cost'],
  ])('%j ends with 2', async (args, problem) => {
    const { code, err } = await shell.call(...args);

    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
});

describe('jarvis amend', () => {
  it('changes a run another process works on, from the next action on', async () => {
    const { run, meanwhile } = await runAndMeanwhile((id) => ['amend', id, '--max-cost', '0.7', '--json']);

    expect(meanwhile.code).toBe(0);
    expect(JSON.parse(meanwhile.out)).toMatchObject({
      amendment: { capUsd: 0.7 },
      holdsFrom: 'next-action',
    });
    expect(JSON.parse(run.out)).toMatchObject({ status: 'done', cost: { capUsd: 0.7 } });
  });

  it('says that a run which stands still has to be resumed, and then it holds', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await stop(server);
    const config = join(shell.root, 'own.json');
    writeFileSync(config, JSON.stringify({ llm: { baseUrl: server.baseUrl } }));

    const { code, out } = await shell.call('amend', runId, '--max-cost', '1', '--model', 'gpt-4.1');
    const resumed = await shell.call('resume', runId, '--config', config, '--json');

    expect(code).toBe(0);
    expect(out).toContain(`The run stands still; it holds from: jarvis resume ${runId}`);
    expect(JSON.parse(resumed.out)).toMatchObject({ status: 'done', cost: { capUsd: 1 } });
    expect(server.requests).toMatchObject([{ model: 'gpt-4.1' }, { model: 'gpt-4.1' }, { model: 'gpt-4.1' }]);
  });

  it('refuses a run that is over', async () => {
    const { code, err } = await shell.call('amend', await shell.simulate(), '--max-rounds', '5');

    expect(code).toBe(7);
    expect(err).toContain('is over (done). Nothing of it can be changed any more.');
  });
});

describe('jarvis run --strict-spend --on-cap', () => {
  it('sets what the run is accepted with', async () => {
    const { out } = await shell.call('config', '--strict-spend', '--on-cap', 'ask', '--json');

    expect(JSON.parse(out)).toMatchObject({
      config: { costs: { strictSpend: true, onCap: 'ask', capUsd: 1 } },
      origins: { 'costs.strictSpend': 'command line', 'costs.onCap': 'command line' },
    });
  });

  it('waits at the cap when asked to', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const flags = ['--max-cost', '0.000001', '--on-cap', 'ask', '--json'];

    const { code, out } = await shell.call('run', 'Write', ...flagsFor(server), ...flags);

    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ status: 'waiting', reason: 'budget' });
  });
});

describe('jarvis run --record, --replay', () => {
  it('answers a run out of the recording of another one, without a server, and says so', async () => {
    const file = join(shell.root, 'calls.jsonl');
    const flags = ['--model', 'gpt-4.1-mini', '--git', 'off'];
    {
      await using server = await startFakeOpenAi({ script: oneRound });
      await shell.call('run', 'Write notes', ...flags, '--base-url', server.baseUrl, '--record', file);
    }
    shell.forgetProject();

    const replayed = await shell.call('run', 'Write notes', ...flags, '--replay', file, '--json');
    const shown = await shell.call('show', runIdIn(replayed), '--answers');

    expect(replayed.code).toBe(0);
    expect(existsSync(join(shell.folder, 'notes.txt'))).toBe(true);
    expect(replayed.err).toContain('Answered out of the recording: nobody was asked');
    expect(shown.out).toContain('by gpt-4.1-mini (out of the recording): answered');
  });

  it.each([
    [['--record', 'a', '--replay', 'b'], 'either recorded or replayed'],
    [['--simulate', '--record', 'a'], '--record has no effect on a simulated run'],
    [['--simulate', '--replay', 'a'], '--replay has no effect on a simulated run'],
    [['--replay', 'none'], 'none'],
  ])('%j is refused before anything is written', async (flags, problem) => {
    const { code, err } = await shell.call('run', 'Write', ...flags);

    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(existsSync(join(shell.root, 'state'))).toBe(false);
  });
});

describe('jarvis run --dry-run', () => {
  it('tells what the run would begin with, and neither asks, pays nor writes', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });

    const { code, out } = await shell.call('run', 'Fix a typo', ...flagsFor(server), '--dry-run');

    expect(code).toBe(0);
    expect(out).toContain('mode: SIMPLE_2LOOP\n');
    expect(out).toContain('cost cap: $1.00\n');
    expect(out).toMatch(/^ {2}work by the employee: gpt-4\.1-mini \(.+ Rule of the dialect\.\)$/mu);
    expect(out).toContain('commits: none: the folder is not a git repository\n');
    expect(out).toContain('checks: ');
    expect(out).toContain('Estimated cost: about $');
    expect(out).toContain('Based on typical sizes');
    expect(server.requests).toEqual([]);
    expect(existsSync(join(shell.root, 'state'))).toBe(false);
  });

  it('gives the same as JSON, also of a simulation', async () => {
    const { out } = await shell.call('run', 'Fix a typo', '--simulate', '--dry-run', '--json');

    expect(JSON.parse(out)).toMatchObject({
      isSimulated: true,
      models: [{ model: 'simulation' }, {}, {}],
      estimate: { highUsd: 0 },
    });
  });

  it('is refused like the run', async () => {
    const { code, err } = await shell.call('run', 'x', '--base-url', 'http://127.0.0.1:9', '--dry-run');

    expect(code).toBe(2);
    expect(err).toContain('127.0.0.1:9');
  });
});
