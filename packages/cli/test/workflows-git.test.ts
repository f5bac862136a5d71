import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ModeName } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';
import { type Exception, mendedPage } from './served-team.ts';
import { runWorkflow } from './workflow.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  layOutRepository();
  return () => shell.remove();
});

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', ['-C', shell.folder, ...identity, ...args], { encoding: 'utf8' });
}

/** A repository with a commit, and work of its user that is staged, changed and new. */
function layOutRepository(): void {
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(shell.folder, 'own.txt'), 'one\n');
  writeFileSync(join(shell.folder, 'other.txt'), 'one\n');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  writeFileSync(join(shell.folder, 'own.txt'), 'two\n');
  git('add', 'own.txt');
  writeFileSync(join(shell.folder, 'other.txt'), 'two\n');
  writeFileSync(join(shell.folder, 'new.txt'), 'new\n');
}

/** The first work is sent back once: by the review, or by the audit of the page. */
const sentBackOnce: Exception = ({ purpose, brief: { round }, time }) => {
  if (purpose === 'work' && round === 2) return mendedPage();
  if (time > 1) return undefined;
  if (purpose === 'review') {
    return { type: 'json', content: { approved: false, feedback: ['Say what it is good for.'] } };
  }
  if (purpose !== 'audit') return undefined;
  const finding = {
    severity: 'error',
    file: 'index.html',
    quote: 'A bowline holds.',
    requirement: 'index.html has a title',
    description: 'Say what it is good for.',
  };
  return { type: 'json', content: { findings: [finding] } };
};

/** What is committed, newest last: one commit for each round, turn or cycle that has written something. */
const commits: readonly (readonly [ModeName, readonly string[]])[] = [
  ['SIMPLE_2LOOP', ['index.html notes.txt', 'index.html']],
  ['LEGACY_3LOOP', ['index.html notes.txt', 'index.html']],
  ['PHASE3', ['index.html', 'index.html', 'notes.txt']],
];

describe('the repository of a project', () => {
  it.each(commits)(
    'gets in %s a commit for each piece of work, of exactly its files',
    async (mode, expected) => {
      const before = git('rev-parse', 'HEAD').trim();

      const { code, runId, shown } = await runWorkflow(shell, {
        flags: ['--mode', mode],
        exception: (question) =>
          mode === 'PHASE3' && question.purpose === 'review' ? undefined : sentBackOnce(question),
      });

      const ids = git('rev-list', '--reverse', `${before}..HEAD`).trim().split('\n');
      const files = ids.map((id) => git('show', '--format=', '--name-only', id).trim().split('\n').join(' '));
      expect(code).toBe(0);
      expect(files).toEqual(expected);
      expect(shown.commits.map(({ id }) => id)).toEqual(ids);
      const trailers = ids.map((id) => git('log', '-1', '--format=%(trailers:only)', id));
      for (const text of trailers) expect(text).toContain(`Jarvis-Run: ${runId}\n`);
      expect(new Set(trailers.map((text) => /Jarvis-Step: .+/u.exec(text)?.[0])).size).toBe(ids.length);
    },
  );

  it.each(commits)('keeps in %s what its user has staged, changed and added', async (mode) => {
    await runWorkflow(shell, { flags: ['--mode', mode] });

    expect(git('status', '--porcelain').trimEnd().split('\n')).toEqual([
      ' M other.txt',
      'M  own.txt',
      '?? new.txt',
    ]);
    expect(git('diff', '--cached', '--name-only')).toBe('own.txt\n');
    expect(git('show', 'HEAD:own.txt')).toBe('one\n');
    expect(readFileSync(join(shell.folder, 'own.txt'), 'utf8')).toBe('two\n');
    expect(git('fsck', '--strict')).toBe('');
  });

  it('is clean after a run when it was clean before', async () => {
    git('add', '.');
    git('commit', '--quiet', '--message', 'Mine');

    await runWorkflow(shell, { flags: ['--mode', 'PHASE3'] });

    expect(git('status', '--porcelain')).toBe('');
  });

  it('is left alone when nothing shall be committed', async () => {
    writeFileSync(join(shell.root, 'own.json'), JSON.stringify({ git: { commit: 'off' } }));
    const before = git('rev-parse', 'HEAD');

    const { shown } = await runWorkflow(shell, {
      flags: ['--mode', 'PHASE3', '--config', join(shell.root, 'own.json')],
    });

    expect(git('rev-parse', 'HEAD')).toBe(before);
    expect(shown.commits).toEqual([]);
    expect(shown.status).toBe('done');
  });
});
