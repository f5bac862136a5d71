import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A project folder with a history, a staged file and an edited one, as a user might leave it. */
export function createProject(folder: string): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Somebody');
  git(folder, 'config', 'user.email', 'somebody@example.org');
  writeFileSync(join(folder, 'notes.txt'), 'first notes\n');
  git(folder, 'add', 'notes.txt');
  git(folder, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'Take notes');
  writeFileSync(join(folder, 'notes.txt'), 'first notes\nnot committed yet\n');
  writeFileSync(join(folder, 'staged.txt'), 'staged, not committed\n');
  git(folder, 'add', 'staged.txt');
}

/** What a git command prints, without the line end. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', LANG: 'C.UTF-8' };
  return execFileSync('git', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** Every file in the folder with the hash of its content, but for those in the folders to be skipped. */
export function readTree(folder: string, skipped: readonly string[]): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !skipped.some((skip) => path.startsWith(`${skip}/`)))
    .map(
      (path) =>
        [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')] as const,
    );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of git's own files, but for the objects that are in their place. */
export function readGitFiles(folder: string): readonly string[] {
  return readdirSync(join(folder, '.git'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.git/objects/') || path.includes('tmp_'))
    .sort();
}

/** The trees of all commits, oldest first, with their subjects and trailers. */
export function readCommits(folder: string): readonly { readonly tree: string; readonly text: string }[] {
  return git(
    folder,
    'log',
    '--reverse',
    '--format=%T%x09%s%x09%(trailers:key=Jarvis-Step,valueonly,separator=%x2C)',
  )
    .split('\n')
    .map((line) => ({ tree: line.slice(0, 40), text: line.slice(41) }));
}
