import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Call, CommandLine, runIdIn } from './command-line.ts';
import { serveTeam } from './served-team.ts';

vi.setConfig({ testTimeout: 120_000 });

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('HOME', shell.root);
  writeFileSync(join(shell.root, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  git('init', '-q', '-b', 'main');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', shell.folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trimEnd();
}

function put(path: string, content: string): void {
  writeFileSync(join(shell.folder, path), content);
}

function commitAll(): void {
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
}

type Changes = readonly Readonly<Record<string, string>>[];

interface RunWish {
  readonly onWork?: () => void;
  readonly flags?: readonly string[];
}

/** A run of one round in which the employee wants these changes. */
async function run(changes: Changes, { onWork, flags = [] }: RunWish = {}): Promise<Call> {
  const team = serveTeam(({ purpose }) => {
    if (purpose !== 'work') return undefined;
    onWork?.();
    return { type: 'json', content: { summary: 'Wrote it.', changes } };
  });
  await using server = await startFakeOpenAi({ script: team });
  const model = ['--base-url', server.baseUrl, '--model', 'gpt-4.1-mini'];
  return await shell.call('run', 'Write about knots', ...model, '--json', ...flags);
}

describe('a whole run in a real repository', () => {
  it('L5: commits two hundred files of one answer at once, with at most ten git processes', async () => {
    const programs = join(shell.root, 'programs');
    const log = join(shell.root, 'calls');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    put('mine.txt', 'mine\n');
    commitAll();
    mkdirSync(programs);
    writeFileSync(join(programs, 'git'), `#!/bin/sh\necho "$@" >> ${log}\nexec ${real} "$@"\n`);
    chmodSync(join(programs, 'git'), 0o755);
    vi.stubEnv('PATH', `${programs}:${process.env.PATH ?? ''}`);
    const paths = Array.from({ length: 200 }, (_, index) => `part-${String(index)}.txt`);

    const done = await run(paths.map((path) => ({ type: 'write', path, content: `About ${path}\n` })));
    const calls = readFileSync(log, 'utf8').trim().split('\n');

    expect(done).toMatchObject({ code: 0 });
    // The commit is planned with the branch that is checked out and where it ends; what follows makes it.
    const planned = calls.findLastIndex((call) => call.includes('symbolic-ref')) + 2;
    expect(calls.length - planned).toBeLessThanOrEqual(10);
    expect(calls.length).toBeLessThan(50);
    expect(git('rev-list', '--count', 'main')).toBe('2');
    expect(git('show', '--format=', '--name-only', 'main').split('\n').sort()).toEqual([...paths].sort());
    expect(git('status', '--porcelain')).toBe('');
  });

  it('moves a file with its permissions, on disk and in the commit', async () => {
    put('tie.sh', '#!/bin/sh\necho bowline\n');
    chmodSync(join(shell.folder, 'tie.sh'), 0o750);
    commitAll();

    const done = await run([{ type: 'move', from: 'tie.sh', to: 'bin/tie.sh' }]);

    expect(done).toMatchObject({ code: 0 });
    expect(statSync(join(shell.folder, 'bin/tie.sh')).mode & 0o777).toBe(0o750);
    expect(git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'main')).toBe('100755 bin/tie.sh');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('restores files with the permissions they had', async () => {
    for (const path of ['tie.sh', 'cut.sh']) {
      put(path, `#!/bin/sh\necho ${path}\n`);
      chmodSync(join(shell.folder, path), 0o750);
    }
    commitAll();

    const done = await run([
      { type: 'move', from: 'tie.sh', to: 'bin/tie.sh' },
      { type: 'delete', path: 'cut.sh' },
    ]);
    const restored = await shell.call('restore', runIdIn(done), '--round', '0');

    const modes = ['tie.sh', 'cut.sh'].map((path) => statSync(join(shell.folder, path)).mode & 0o777);
    expect(restored).toMatchObject({ code: 0 });
    expect(modes).toEqual([0o750, 0o750]);
    expect(existsSync(join(shell.folder, 'bin/tie.sh'))).toBe(false);
  });

  it('F46: waits with a diff where the user changed a file meanwhile, which show tells, too', async () => {
    put('index.html', 'one\n');
    commitAll();

    const changes = [{ type: 'edit', path: 'index.html', find: 'one', replace: 'three' }];
    const waiting = await run(changes, {
      onWork: () => {
        put('index.html', 'two\n');
      },
    });
    const shown = await shell.call('show', runIdIn(waiting));

    expect(waiting).toMatchObject({ code: 3 });
    expect(readFileSync(join(shell.folder, 'index.html'), 'utf8')).toBe('two\n');
    expect(shown.out).toContain('-one\n+two\n');
    expect(shown.out).toContain('-one\n+three\n');
  });

  it('F44: waits where a hook objects, shows why, and asks it again when it is resumed', async () => {
    put('mine.txt', 'mine\n');
    commitAll();
    const hook = join(shell.folder, '.git/hooks/pre-commit');
    mkdirSync(join(shell.folder, '.git/hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nprintf 'line 3: no \\033[1mknot\\n'\ntest -e ${shell.root}/mended\n`);
    chmodSync(hook, 0o755);
    const changes = [{ type: 'write', path: 'notes.txt', content: 'A bowline holds.\n' }];

    const waiting = await run(changes, { flags: ['--run-hooks'] });
    const runId = runIdIn(waiting);
    const shown = await shell.call('show', runId);
    const commitsBefore = git('rev-list', '--count', 'main');
    writeFileSync(join(shell.root, 'mended'), '');
    const resumed = await shell.call('resume', runId, '--json');

    expect(waiting).toMatchObject({ code: 3 });
    expect(JSON.parse(waiting.out)).toMatchObject({ status: 'waiting', reason: 'git_hook_failed' });
    expect(waiting.err).toContain('Hooks are run by commits made here (pre-commit).');
    expect(shown.out).toContain('The git hook pre-commit failed with exit code 1. Nothing was committed.');
    expect(shown.out).toContain('line 3: no knot');
    expect(commitsBefore).toBe('1');
    expect(resumed).toMatchObject({ code: 0 });
    expect(git('rev-list', '--count', 'main')).toBe('2');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('F44: a project does not switch its hooks on unless it is trusted', async () => {
    put('jarvis.config.json', JSON.stringify({ git: { runHooks: true } }));

    const refused = await run([]);
    await shell.call('trust', '--yes');
    const { out } = await shell.call('config', '--json');

    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain('git.runHooks: a project file may not set this unless you trust it');
    expect(out).toMatch(/"runHooks": true/u);
  });
});
