import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { StoredCommit } from '@jarvis/core/testing';
import { gitRepositoryContract, type GitRepositoryUnderTest } from '@jarvis/core/testing/contracts';
import { vi } from 'vitest';

import { openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

gitRepositoryContract('openGitRepository', async (): Promise<GitRepositoryUnderTest> => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-contract-')));
  const root = join(top, 'project');
  const environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(root);
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = User\n\temail = user@example.com\n');

  function raw(...args: readonly string[]): string {
    return execFileSync('git', ['-C', root, ...args], { env: environment, encoding: 'utf8', stdio: 'pipe' });
  }

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function stage(path: string, content: string): void {
    write(path, content);
    raw('add', '--', path);
  }

  function readCommit(id: string): StoredCommit {
    const format = '%P%x00%s%x00%(trailers:only,unfold)%x00%an%x00%ae%x00%at';
    const [parent = '', subject = '', trailers = '', name = '', email = '', at] = raw(
      'log',
      '-1',
      `--format=${format}`,
      id,
    ).split('\0');
    const paths = raw('ls-tree', '-r', '-z', '--name-only', id)
      .split('\0')
      .filter((path) => path !== '');
    return {
      parent: parent === '' ? null : parent,
      subject,
      trailers: readTrailers(trailers),
      author: { name, email },
      atSeconds: Number(at),
      files: new Map(paths.map((path) => [path, raw('cat-file', 'blob', `${id}:${path}`)])),
    };
  }

  return {
    repository: openGitRepository({ root, environment }),
    stage: async (path, content) => stage(path, content),
    changeOnDisk: async (path, content) => write(path, content),
    commitAsUser: async (path, content) => {
      stage(path, content);
      raw('commit', '-q', '-m', `user: ${path}`);
      return raw('rev-parse', 'HEAD').trim();
    },
    setAuthor: async ({ name, email }) => {
      raw('config', 'user.name', name);
      raw('config', 'user.email', email);
    },
    detachHead: async () => void raw('checkout', '-q', '--detach'),
    history: async () => raw('rev-list', 'HEAD').trim().split('\n'),
    readCommit: async (id) => readCommit(id),
    stagedPaths: async () =>
      raw('diff', '--cached', '--name-only')
        .split('\n')
        .filter((path) => path !== ''),
    dispose: async () => rmSync(top, { recursive: true }),
  };
});

function readTrailers(block: string): Record<string, string> {
  const lines = block
    .trim()
    .split('\n')
    .map((line) => line.split(': '));
  return Object.fromEntries(lines.map(([name = '', value = '']) => [name, value]));
}
