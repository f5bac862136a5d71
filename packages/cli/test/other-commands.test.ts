import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Call, CommandLine, oneRound, runIdIn } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('OPENAI_API_KEY', '');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

const NOBODY = '20200101-000000-aaaaaa';

/** A run that waits for somebody to agree to its plan. */
async function waiting(): Promise<string> {
  const gates = [{ at: 'plan', approvers: [{ role: 'owner' }] }];
  writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify({ gates }));
  return runIdIn(await shell.call('run', 'Build a page', '--simulate', '--mode', 'PHASE3', '--json'));
}

describe('jarvis logs', () => {
  it('tells what happened line by line, also as a JSON value each', async () => {
    const runId = await shell.simulate();

    const [text, json] = [await shell.call('logs', runId), await shell.call('logs', runId, '--json')];

    expect(text.out).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC {2}Accepted in mode SIMPLE_2LOOP, simulated\n/u,
    );
    const lines = json.out.trim().split('\n');
    expect(lines.length).toBe(text.out.trim().split('\n').length);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ seq: 1, type: 'run.accepted' });
  });

  it('follows a run another process works on until it is over', async () => {
    const followed: Promise<Call>[] = [];
    const replies = oneRound.values();
    await using server = await startFakeOpenAi({
      script: async () => {
        if (followed.length === 0) {
          const [, runId = ''] = /"runId": "([^"]+)"/u.exec((await shell.call('list', '--json')).out) ?? [];
          followed.push(shell.call('logs', runId, '--follow'));
        }
        return replies.next().value;
      },
    });

    await shell.call('run', 'Write notes', '--base-url', server.baseUrl, '--model', 'gpt-4.1-mini');

    const [log] = await Promise.all(followed);
    expect(log).toMatchObject({ code: 0, err: '' });
    expect(log?.out).toMatch(/done: The manager approved the work\.\n$/u);
  });

  it('does not follow a run that stands still', async () => {
    const { code, out } = await shell.call('logs', await waiting(), '--follow');

    expect(code).toBe(0);
    expect(out).toContain('people are asked');
  });
});

describe('jarvis fork', () => {
  it('does the task once more in another mode, as a run of its own', async () => {
    const old = await shell.simulate();

    const forked = await shell.call('fork', old, '--mode', 'LEGACY_3LOOP', '--json');
    const [list, log] = [await shell.call('list', '--json'), await shell.call('logs', runIdIn(forked))];

    expect(forked.code).toBe(0);
    expect(JSON.parse(forked.out)).toMatchObject({ mode: 'LEGACY_3LOOP', status: 'done', isSimulated: true });
    expect(JSON.parse(list.out)).toHaveLength(2);
    expect(log.out).toContain(`a fork of ${old}`);
  });

  it.each([
    [['fork'], 'The id of the run is missing'],
    [['fork', NOBODY], 'The mode of the new run is missing'],
    [['fork', NOBODY, '--mode', 'PHASE9'], 'Allowed choices'],
    [['fork', NOBODY, '--mode', 'PHASE3'], NOBODY],
    [['fork', NOBODY, '--mode', 'PHASE3', '--at', '-1'], '--at'],
    [['logs'], 'The id of the run is missing'],
    [['logs', NOBODY], NOBODY],
  ])('%j ends with 2', async (args, problem) => {
    const { code, err } = await shell.call(...args);

    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
});

describe('jarvis init', () => {
  it('writes a small file with comments, which can be used as it is', async () => {
    const written = await shell.call('init', '--yes');

    const config = await shell.call('config', '--json');

    expect(written).toMatchObject({ code: 0 });
    expect(readFileSync(join(shell.folder, 'jarvis.config.yaml'), 'utf8')).toContain(
      '# The most one run may cost',
    );
    expect(config.err).toBe('');
    expect(JSON.parse(config.out)).toMatchObject({
      config: { costs: { capUsd: 1 }, loop: { maxRounds: 3 } },
    });
  });

  it('shows what it would write and asks; a no writes nothing', async () => {
    shell.confirm = () => Promise.resolve(false);

    const { code, out, err } = await shell.call('init', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'refused' });
    expect(err).toContain('capUsd: 1');
    expect(existsSync(join(shell.folder, 'jarvis.config.yaml'))).toBe(false);
  });

  it('B82: ends at once where there is no terminal to ask on', async () => {
    const { code, err } = await shell.call('init');

    expect(code).toBe(2);
    expect(err).toContain('jarvis init --yes');
  });

  it.each(['jarvis.config.json', 'jarvis.config.yaml'])(
    'leaves a %s that is there as it is',
    async (name) => {
      writeFileSync(join(shell.folder, name), '{}');

      const { code, err } = await shell.call('init', '--yes');

      expect(code).toBe(2);
      expect(err).toContain('is there already and stays as it is');
      expect(readFileSync(join(shell.folder, name), 'utf8')).toBe('{}');
    },
  );
});
