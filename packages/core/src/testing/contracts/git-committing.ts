import { expect, it } from 'vitest';

import type { GitRepositoryUnderTest } from './git-repository-contract.ts';
import { commitFiles, planCommit } from './plain-commit.ts';

/** What a commit holds, and when there is none. */
export function gitCommittingTests(current: () => GitRepositoryUnderTest): void {
  it('makes the first commit of a branch', async () => {
    const { repository, history, readCommit } = current();
    await repository.initialise();

    const id = await commitFiles(repository, { 'a.txt': 'a\r\n', 'new folder/é🙂.md': 'no line end' });

    expect(await history()).toEqual([id]);
    expect(await readCommit(id)).toEqual({
      parent: null,
      subject: 'Round 1: build',
      trailers: { 'Jarvis-Run': 'run-1', 'Jarvis-Step': 'round-1' },
      author: { name: 'Ada', email: 'ada@example.com' },
      atSeconds: 1_767_225_600,
      files: new Map([
        ['a.txt', 'a\r\n'],
        ['new folder/é🙂.md', 'no line end'],
      ]),
    });
  });

  it('changes the files of the plan and keeps the others', async () => {
    const { repository, commitAsUser, readCommit } = current();
    await repository.initialise();
    await commitAsUser('kept/a.txt', 'mine');
    const parent = await commitAsUser('b.txt', 'before');

    const id = await commitFiles(repository, { 'b.txt': 'after', 'kept/c.txt': 'new' });

    const stored = await readCommit(id);
    expect(stored?.parent).toBe(parent);
    expect(stored?.files).toEqual(
      new Map([
        ['b.txt', 'after'],
        ['kept/a.txt', 'mine'],
        ['kept/c.txt', 'new'],
      ]),
    );
  });

  deletionTests(current);
  conflictTests(current);
  redoTests(current);
}

function deletionTests(current: () => GitRepositoryUnderTest): void {
  it('commits that files are gone, and takes them out of the index', async () => {
    const { repository, commitAsUser, readCommit, stagedPaths } = current();
    await repository.initialise();
    await commitAsUser('kept.txt', 'kept');
    await commitAsUser('old/name.txt', 'moved');

    const id = await commitFiles(repository, { 'old/name.txt': null, 'new/name.txt': 'moved' });

    expect((await readCommit(id))?.files).toEqual(
      new Map([
        ['kept.txt', 'kept'],
        ['new/name.txt', 'moved'],
      ]),
    );
    expect(await stagedPaths()).toEqual([]);
  });

  it('commits that no file is left', async () => {
    const { repository, commitAsUser, readCommit, stagedPaths } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');

    const id = await commitFiles(repository, { 'a.txt': null });

    expect((await readCommit(id))?.files).toEqual(new Map());
    expect(await stagedPaths()).toEqual([]);
  });

  it('leaves what is gone and was never committed as it is', async () => {
    const { repository, commitAsUser, readCommit } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');

    const id = await commitFiles(repository, { 'never.txt': null });

    expect([...((await readCommit(id))?.files.keys() ?? [])]).toEqual(['a.txt']);
  });
}

function conflictTests(current: () => GitRepositoryUnderTest): void {
  it('does not commit when the branch has moved since the plan was made', async () => {
    const { repository, commitAsUser, history, stagedPaths } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');
    const { plan, contentOf } = await planCommit(repository, { 'b.txt': 'b' });
    await commitAsUser('c.txt', 'c');
    const before = await history();

    await expect(repository.commit(plan, contentOf)).rejects.toMatchObject({
      code: 'JARVIS_GIT_CONFLICT',
      branch: plan.branch,
    });

    expect(await history()).toEqual(before);
    expect(await stagedPaths()).toEqual([]);
  });
}

function redoTests(current: () => GitRepositoryUnderTest): void {
  it('makes the same commit when it is asked again, and only once', async () => {
    const { repository, commitAsUser, history, stagedPaths } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'before');
    const { plan, contentOf } = await planCommit(repository, { 'a.txt': 'after' });

    const ids = [await repository.commit(plan, contentOf), await repository.commit(plan, contentOf)];

    expect(ids[1]).toBe(ids[0]);
    expect(await history()).toHaveLength(2);
    expect(await stagedPaths()).toEqual([]);
  });

  it('makes another commit for another plan with the same files', async () => {
    const { repository, history } = current();
    await repository.initialise();
    const first = await commitFiles(repository, { 'a.txt': 'a' });

    const second = await commitFiles(repository, { 'a.txt': 'a' });

    expect(await history()).toEqual([second, first]);
  });
}
