import { expect, it } from 'vitest';

import type { GitRepositoryUnderTest } from './git-repository-contract.ts';

/** What is known of the folder before anything is committed. */
export function gitInspectingTests(current: () => GitRepositoryUnderTest): void {
  it('says that a plain folder is no repository', async () => {
    expect(await current().repository.inspect()).toEqual({ type: 'none' });
  });

  it('makes the folder a repository on a branch without a commit', async () => {
    const { repository } = current();

    await repository.initialise();

    const state = await repository.inspect();
    expect(state).toMatchObject({
      type: 'ready',
      branch: expect.stringMatching(/^refs\/heads\/.+/u) as unknown,
    });
    expect(state).not.toHaveProperty('head');
  });

  it('keeps what is there when the folder is a repository already', async () => {
    const { repository, commitAsUser } = current();
    await repository.initialise();
    const head = await commitAsUser('a.txt', 'a');

    await repository.initialise();

    expect(await repository.inspect()).toMatchObject({ type: 'ready', head });
  });

  stateTests(current);
}

function stateTests(current: () => GitRepositoryUnderTest): void {
  it('names the current commit', async () => {
    const { repository, commitAsUser } = current();
    await repository.initialise();

    const head = await commitAsUser('a.txt', 'a');

    expect(await repository.inspect()).toMatchObject({ type: 'ready', head });
  });

  it('says what to do when no branch is checked out', async () => {
    const { repository, commitAsUser, detachHead } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');

    await detachHead();

    expect(await repository.inspect()).toMatchObject({
      type: 'unusable',
      problem: expect.stringMatching(/.{10}/u) as unknown,
    });
  });

  it('knows whom commits are by', async () => {
    const { repository, setAuthor } = current();
    await repository.initialise();

    await setAuthor({ name: 'Grace Hopper', email: 'grace@example.com' });

    expect(await repository.author()).toEqual({ name: 'Grace Hopper', email: 'grace@example.com' });
  });
}
