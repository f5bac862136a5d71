import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Journal } from '@jarvis/core';
import { systemClock } from '@jarvis/node';
import { openSqliteJournal, readProcessIdentity } from '@jarvis/node/sqlite';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { CommandLine, runIdIn } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('OPENAI_API_KEY', '');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

/** A run that waits for somebody to agree to its plan. */
async function waiting(): Promise<string> {
  configure({ gates: [{ at: 'plan', approvers: [{ role: 'owner' }] }] });
  return runIdIn(await shell.call('run', 'Build a page', '--simulate', '--mode', 'PHASE3', '--json'));
}

function configure(config: object): void {
  writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify(config));
}

/** Where the runs of the project are. */
function journalFolder(): string {
  const projects = join(shell.root, 'state', 'projects');
  return join(projects, readdirSync(projects)[0] ?? '');
}

/** The journal in another process, whose last sign of life was so many seconds ago. */
function openSince(seconds: number): Journal {
  const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() - seconds * 1_000 };
  const journal = openSqliteJournal({ directory: journalFolder(), identity: readProcessIdentity(), clock });
  onTestFinished(() => journal.close());
  return journal;
}

/** What doctor says of one thing, beside what is well. */
async function findings(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await shell.call('doctor', ...args);
  return out.split('\n').filter((line) => !/^(?:ok .*)?$/u.test(line));
}

describe('jarvis doctor', () => {
  it('finds nothing in the way, and leaves no trace', async () => {
    const { code, out } = await shell.call('doctor', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ about: 'node', verdict: 'ok' }),
        expect.objectContaining({ about: 'configuration', verdict: 'ok' }),
        expect.objectContaining({ about: 'model', verdict: 'warning' }),
        expect.objectContaining({ about: 'git', verdict: 'ok' }),
      ]),
    );
    expect(existsSync(join(shell.root, 'state'))).toBe(false);
  });

  it('names the runs that are not finished, with the command to type', async () => {
    const runId = await waiting();

    const { code, out } = await shell.call('doctor');

    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`^note .* Run ${runId} stands still \\(waiting\\)\\. → jarvis approve`, 'mu'),
    );
  });

  it('says that a key is set and does not show it', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-rye-and-shine');

    const { out } = await shell.call('doctor');

    expect(out).toContain('A key is set, for the OpenAI API');
    expect(out).not.toContain('rye-and-shine');
  });

  it('ends with 2 when the configuration cannot be used, and names each problem', async () => {
    const config = join(shell.root, 'own.json');
    writeFileSync(config, JSON.stringify({ costs: { capUsd: -1 }, loop: { maxRounds: 0 } }));

    const { code, out } = await shell.call('doctor', '--config', config);

    expect(code).toBe(2);
    expect(out.match(/^PROBLEM {2}configuration/gmu)).toHaveLength(2);
  });

  it('ends with 2 when others can read what runs have written, and when the folder is none', async () => {
    await shell.simulate();
    chmodSync(join(shell.root, 'state'), 0o755);

    const [open, nowhere] = [
      await shell.call('doctor'),
      await shell.call('doctor', '--workspace', join(shell.root, 'nowhere')),
    ];

    expect(open.code).toBe(2);
    expect(open.out).toContain(`chmod 700 ${join(shell.root, 'state')}`);
    expect(nowhere.code).toBe(2);
  });
});

describe('a look by jarvis doctor', () => {
  it('takes no run from a process that sleeps', async () => {
    const runId = await waiting();
    const sleeper = openSince(60);
    const lease = await sleeper.acquire(`run:${runId}`);
    const previousHash = (await sleeper.read(runId)).at(-1)?.hash ?? '';

    const found = await findings();
    await sleeper.append({ runId, lease, previousHash, records: [], blobs: [] });

    expect(found).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `Run ${runId} is in use by process ${String(process.pid)} on .*, which sleeps or was stopped`,
          'u',
        ),
      ),
    );
    expect(await sleeper.findHolder(`run:${runId}`)).toBeDefined();
  });

  it('has nothing against a run another process works on', async () => {
    const runId = await waiting();
    await openSince(0).acquire(`run:${runId}`);

    const { out } = await shell.call('doctor');

    expect(out).toMatch(new RegExp(`^ok .* Run ${runId} is in use by process`, 'mu'));
  });

  it.each([
    { seconds: 0, text: 'Wait for it to end' },
    { seconds: 60, text: 'sleeps or was stopped' },
  ])('names who has the folder, seen $seconds s ago', async ({ seconds, text }) => {
    await shell.simulate();
    await openSince(seconds).acquire(`workspace:${shell.folder}`);

    expect(await findings()).toContainEqual(
      expect.stringMatching(new RegExp(`^note +folder .*${text}`, 'u')),
    );
  });
});

/** Every check there is, and how it comes to fail; node, state and space are made to in tests beside their code. */
const failures: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  configuration: () => {
    configure({ costs: { capUsd: -1 } });
    return findings();
  },
  project: () => findings('--workspace', join(shell.root, 'nowhere')),
  folder: () => {
    vi.stubEnv('HOME', shell.folder);
    return findings();
  },
  git: () => {
    configure({ git: { commit: 'required' } });
    return findings();
  },
  state: () => {
    writeFileSync(join(shell.root, 'state'), '');
    return findings();
  },
  privacy: () => {
    mkdirSync(join(shell.root, 'state'));
    chmodSync(join(shell.root, 'state'), 0o755);
    return findings();
  },
  journal: async () => {
    await shell.simulate();
    writeFileSync(join(journalFolder(), 'journal.db'), 'no database');
    return findings();
  },
  run: async () => {
    await shell.simulate();
    const database = new DatabaseSync(join(journalFolder(), 'journal.db'));
    database.exec("update records set body = replace(body, 'SIMPLE_2LOOP', 'PHASE3')");
    database.close();
    return findings();
  },
};

describe('each check of jarvis doctor', () => {
  it.each(Object.keys(failures))('finds a problem: %s', async (about) => {
    const found = await failures[about]?.();

    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^PROBLEM +${about} .* → `, 'u')));
  });

  it('is made to fail here or beside its code', async () => {
    await waiting();

    const { out } = await shell.call('doctor', '--json');

    const checks = (JSON.parse(out) as readonly { readonly about: string }[]).map(({ about }) => about);
    const known = [...Object.keys(failures), 'node', 'model', 'space'];
    expect(known).toEqual(expect.arrayContaining(checks));
  });
});
