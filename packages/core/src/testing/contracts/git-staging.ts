import { expect, it } from 'vitest';

import type { GitRepositoryUnderTest } from './git-repository-contract.ts';
import { commitFiles } from './plain-commit.ts';

/** What becomes of the index of the user. */
export function gitStagingTests(current: () => GitRepositoryUnderTest): void {
  it('brings the index up to date for the committed files', async () => {
    const { repository, commitAsUser, stagedPaths } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'before');

    await commitFiles(repository, { 'a.txt': 'after', 'new.txt': 'new' });

    expect(await stagedPaths()).toEqual([]);
  });

  it('leaves what the user has staged out of the commit, and staged', async () => {
    const { repository, commitAsUser, stage, stagedPaths, readCommit } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');
    await stage('mine.txt', 'not yet');

    const id = await commitFiles(repository, { 'a.txt': 'after' });

    expect((await readCommit(id))?.files.has('mine.txt')).toBe(false);
    expect(await stagedPaths()).toEqual(['mine.txt']);
  });

  it('keeps what the user has staged of a committed file', async () => {
    const { repository, commitAsUser, stage, stagedPaths, readCommit } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'before');
    await stage('a.txt', 'the version of the user');

    const id = await commitFiles(repository, { 'a.txt': 'after' });

    expect((await readCommit(id))?.files.get('a.txt')).toBe('after');
    expect(await stagedPaths()).toEqual(['a.txt']);
  });
}
