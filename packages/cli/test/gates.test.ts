import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type FakeOpenAiServer, startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine, oneRound, runIdIn } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

const flagsFor = ({ baseUrl }: FakeOpenAiServer) => ['--base-url', baseUrl, '--model', 'gpt-4.1-mini'];

/** A run whose plan the role `owner` has to approve. */
async function runToGate(server: FakeOpenAiServer): Promise<string> {
  const gates = [{ at: 'plan', approvers: [{ role: 'owner' }] }];
  writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify({ gates }));
  const run = await shell.call('run', 'Write notes', ...flagsFor(server), '--json');
  expect(run).toMatchObject({ code: 3 });
  return runIdIn(run);
}

describe('jarvis approve', () => {
  it('goes on with the run when it is told to, and shows what was decided', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);

    const before = await shell.call('show', runId);
    const approved = await shell.call('approve', runId, '--by', 'Ada', '--resume');
    const after = await shell.call('show', runId);

    expect(before.out).toContain('plan-1.1: open, waits for the role owner');
    expect(before.out).toContain(`next: jarvis approve ${runId} --resume`);
    expect(approved).toMatchObject({ code: 0 });
    expect(after.out).toContain('plan-1.1: approved');
    expect(after.out).toContain('Ada (owner): approve');
  });

  it('is shown as told to the run until the run takes it up', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);
    await shell.call('approve', runId, '--by', 'Ada', '--reason', 'Fine');

    const [shown, json, again] = [
      await shell.call('show', runId),
      await shell.call('show', runId, '--json'),
      await shell.call('approve', runId, '--by', 'Ada'),
    ];

    expect(shown.out).toMatch(/told and not taken up yet; .*\n {2}Ada \(owner\): approve plan-1\.1: Fine\n/u);
    expect(JSON.parse(json.out)).toMatchObject({ posted: ['Ada (owner): approve plan-1.1: Fine'] });
    expect(again.err).toContain(`what was decided holds when it goes on: jarvis resume ${runId}`);
  });

  it('F47: has no effect the second time, and answers 7', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);

    const first = await shell.call('approve', runId, '--by', 'Ada', '--json');
    const second = await shell.call('approve', runId, '--by', 'Ada');

    expect(JSON.parse(first.out)).toEqual({ runId, gate: 'plan-1.1', status: 'approved' });
    expect(second).toMatchObject({ code: 7 });
    expect(second.err).toContain('No gate of this run waits for anybody');
  });

  it('F47: has no effect once the run was cancelled, and answers 7', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);
    await shell.call('cancel', runId);

    const late = await shell.call('approve', runId, '--by', 'Ada', '--resume');

    expect(late).toMatchObject({ code: 7 });
    expect(late.err).toContain('The run is over (cancelled)');
  });

  it('shows what is hidden in a name and a reason', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);

    const { code, err } = await shell.call('approve', runId, '--by', 'A\u200Bda', '--reason', 'ok\u2060');

    expect(code).toBe(0);
    expect(err).toContain('The name has a hidden character, which is kept with it: A\\u{200b}da');
    expect(err).toContain('The reason has a hidden character, which is kept with it: ok\\u{2060}');
  });

  it('does not take a decision about something that was not shown', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);

    const stale = await shell.call('approve', runId, '--by', 'Ada', '--shown', 'f'.repeat(64));

    expect(stale).toMatchObject({ code: 7 });
  });
});

describe('jarvis reject', () => {
  it('ends the run with the reason', async () => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const runId = await runToGate(server);

    const rejected = await shell.call('reject', runId, '--by', 'Ada', '--reason', 'Too dear', '--resume');

    expect(rejected).toMatchObject({ code: 6 });
    expect(rejected.out).toContain('Too dear');
    expect(server.requests).toHaveLength(1);
  });
});

describe('caps of roles and stages', () => {
  it.each([
    ['--max-role-cost', 'employee=0.000001', 'employee=1'],
    ['--max-stage-cost', '0.000001', '1'],
  ])('%s stops a run, and the command it names goes on', async (flag, low, high) => {
    await using server = await startFakeOpenAi({ script: oneRound });
    const run = await shell.call('run', 'Write notes', ...flagsFor(server), flag, low, '--json');
    const runId = runIdIn(run);

    const resumed = await shell.call('resume', runId, flag, high);

    expect(run).toMatchObject({ code: 4 });
    expect(JSON.parse(run.out)).toMatchObject({
      nextCommand: expect.stringContaining(`jarvis resume ${runId} ${flag} `) as unknown,
    });
    expect(resumed).toMatchObject({ code: 0 });
  });

  it('names the flag when the amount is none', async () => {
    const call = await shell.call('run', 'Write', '--simulate', '--max-role-cost', 'employee=much');

    expect(call).toMatchObject({ code: 2 });
    expect(call.err).toContain('--max-role-cost');
  });
});
