import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Call, CommandLine, runIdIn } from './command-line.ts';
import { serveTeam } from './served-team.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const MINE = 'what nobody has committed\n';
const PAGE = 'A bowline holds.\n';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('HOME', shell.root);
  writeFileSync(join(shell.root, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', shell.folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

function put(path: string, content = MINE): void {
  writeFileSync(join(shell.folder, path), content);
}

function read(path: string): string {
  return readFileSync(join(shell.folder, path), 'utf8');
}

/** A repository with a file that is committed and changed since, one that is as it was committed, and one that is new. */
function layOutRepository(): void {
  git('init', '-q', '-b', 'main');
  put('changed.txt', 'one\n');
  put('same.txt', 'one\n');
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
  put('changed.txt');
  put('new.txt');
}

type Changes = readonly Readonly<Record<string, string>>[];

const write = (path: string) => ({ type: 'write', path, content: PAGE });

/** A run of one round in which the employee wants these changes. */
async function run(changes: Changes, ...flags: readonly string[]): Promise<Call> {
  const team = serveTeam(({ purpose, brief: { round } }) => {
    if (purpose !== 'work') return undefined;
    return {
      type: 'json',
      content: { summary: 'Wrote it.', changes: round === 1 ? changes : [write('free.txt')] },
    };
  });
  await using server = await startFakeOpenAi({ script: team });
  const model = ['--base-url', server.baseUrl, '--model', 'gpt-4.1-mini', '--mode', 'SIMPLE_2LOOP'];
  return await shell.call('run', 'Write about knots', ...model, ...flags);
}

/** The place of the first line that says it; the end when none does. */
function lineOf({ err }: Call, text: string): number {
  const lines = err.split('\n');
  const at = lines.findIndex((line) => line.includes(text));
  return at === -1 ? lines.length : at;
}

describe('a run in a repository with changes that are not committed', () => {
  it('says so first, names what it is about to write over before it does, and brings it back', async () => {
    layOutRepository();

    const done = await run(['changed.txt', 'new.txt', 'same.txt'].map(write), '--json');
    const runId = runIdIn(done);
    const told = lineOf(
      done,
      'This changes what no commit holds: changed.txt, new.txt. What is in it now is kept',
    );
    const written = read('new.txt');
    await shell.call('restore', runId, '--round', '0');

    expect(done.code).toBe(0);
    expect(done.err).toContain(
      '2 files have changes that are not committed (changed.txt, new.txt): a run may write over that, ' +
        `and keeps what was there (jarvis restore ${runId} --round 0).`,
    );
    expect(told).toBeLessThan(lineOf(done, 'Wrote changed.txt'));
    expect(JSON.parse(done.out)).toMatchObject({
      status: 'done',
      uncommitted: { type: 'known', count: 2, paths: ['changed.txt', 'new.txt'] },
    });
    expect(written).toBe(PAGE);
    expect([read('changed.txt'), read('new.txt')]).toEqual([MINE, MINE]);
  });

  it('tells it in show and logs, and before a run in a dry run', async () => {
    layOutRepository();

    const dry = await shell.call('run', 'x', '--simulate', '--dry-run');
    const dryJson = await shell.call('run', 'x', '--simulate', '--dry-run', '--json');
    const runId = runIdIn(await run([write('new.txt')], '--json'));
    const told = await Promise.all([shell.call('show', runId), shell.call('logs', runId)]);

    expect(dry.out).toContain(
      '2 files have changes that are not committed (changed.txt, new.txt): a run may write over that, ' +
        'and keeps what was there (jarvis restore <run> --round 0).',
    );
    expect(JSON.parse(dryJson.out)).toMatchObject({ uncommitted: { type: 'known', count: 2 } });
    for (const { out } of told) {
      expect(out).toContain('2 files have changes that are not committed (changed.txt, new.txt)');
      expect(out).toContain('This changes what no commit holds: new.txt');
    }
  });

  it('says of a file that git ignores that no commit holds it', async () => {
    layOutRepository();
    put('.gitignore', 'ignored.txt\n');
    put('ignored.txt');
    git('add', '--all');
    git('commit', '-q', '-m', 'all');

    const done = await run([write('ignored.txt')]);

    expect(done.err).not.toContain('not committed');
    expect(done.err).toMatch(/\n {2}This changes what no commit holds: ignored\.txt\. [^\n]+\n {2}[^ \n]/u);
  });

  it('says nothing where everything is committed, and nothing in an empty folder', async () => {
    const empty = await run([write('page.txt')], '--git', 'off');
    git('init', '-q', '-b', 'main');
    git('add', '--all');
    git('commit', '-q', '-m', 'all');
    const clean = await run([write('page.txt'), write('other.txt')]);

    for (const { err, code } of [empty, clean]) {
      expect(code).toBe(0);
      expect(err).not.toMatch(/not committed|no commit|repository holds/u);
    }
  });

  it('says in one sentence that no repository holds the folder', async () => {
    put('mine.txt');

    const done = await run([write('mine.txt')]);

    expect(done.err).toContain('No git repository holds what is in this folder (1 text file): a run may');
    expect(done.err.match(/holds/gu)).toHaveLength(1);
  });

  it('knows only what lies in its folder when that is a part of a larger repository', async () => {
    execFileSync('git', ['-C', shell.root, 'init', '-q', '-b', 'main']);
    put('mine.txt', 'one\n');
    writeFileSync(join(shell.root, 'outside.txt'), 'one\n');
    execFileSync('git', ['-C', shell.root, 'add', 'project', 'outside.txt']);
    execFileSync('git', ['-C', shell.root, 'commit', '-q', '-m', 'all']);
    put('mine.txt');
    writeFileSync(join(shell.root, 'outside.txt'), 'two\n');

    const done = await run([write('mine.txt')]);

    expect(done.err).toContain('1 file has changes that are not committed (mine.txt)');
    expect(done.err).toContain('This changes what no commit holds: mine.txt.');
  });
});

describe('--uncommitted refuse', () => {
  it('starts nothing, pays nothing and exits with 2', async () => {
    layOutRepository();

    const refused = await run([write('new.txt')], '--uncommitted', 'refuse');
    const runs = await shell.call('list', '--json');

    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('2 files have changes that are not committed (changed.txt, new.txt)');
    expect(refused.err).toContain('Commit your changes or put them aside (git stash -u)');
    expect(JSON.parse(runs.out)).toEqual([]);
    expect(read('new.txt')).toBe(MINE);
  });

  it('may be what the project wants, and a project cannot take it back', async () => {
    layOutRepository();
    put('jarvis.config.json', JSON.stringify({ git: { uncommitted: 'refuse' } }));
    const own = join(shell.root, '.config', 'jarvis');
    mkdirSync(own, { recursive: true });

    const byProject = await run([write('new.txt')]);
    put('jarvis.config.json', JSON.stringify({ git: { uncommitted: 'warn' } }));
    writeFileSync(join(own, 'config.json'), JSON.stringify({ git: { uncommitted: 'refuse' } }));
    const byUser = await run([write('new.txt')]);

    expect([byProject.code, byUser.code]).toEqual([2, 2]);
    expect(read('new.txt')).toBe(MINE);
  });
});

describe('--uncommitted protect', () => {
  it('refuses an answer that writes over them, and lets the run go on with the rest', async () => {
    layOutRepository();

    const done = await run([write('new.txt'), write('page.txt')], '--uncommitted', 'protect', '--json');

    expect(done.err).toContain('a run writes over that only if a person allows it at a gate.');
    expect(done.err).toContain('Refused the answer: The file "new.txt" holds changes that no commit holds.');
    expect(JSON.parse(done.out)).toMatchObject({ status: 'done', files: ['free.txt'] });
    expect(read('new.txt')).toBe(MINE);
    expect(existsSync(join(shell.folder, 'page.txt'))).toBe(false);
  });
});

describe('CONTEXT_AWARE', () => {
  it('counts changes that are not committed, of the real repository', async () => {
    layOutRepository();
    const preview = async () =>
      (await shell.call('run', 'x', '--simulate', '--mode', 'CONTEXT_AWARE', '--dry-run', '--json')).out;

    const dirty = await preview();
    git('add', '--all');
    git('commit', '-q', '-m', 'all');
    const clean = await preview();

    const rule = { name: 'uncommitted', about: 'project', axis: 'risk', value: 1, weight: 0.5 };
    expect(JSON.parse(dirty)).toMatchObject({
      team: { indicators: expect.arrayContaining([expect.objectContaining(rule)]) as unknown },
    });
    expect(clean).not.toContain('"name": "uncommitted"');
  });
});
