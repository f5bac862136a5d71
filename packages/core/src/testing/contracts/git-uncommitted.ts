import { expect, it } from 'vitest';

import type { GitRepositoryUnderTest } from './git-repository-contract.ts';

const LIMIT = 10;

/** What is told of the files that the user has not committed. */
export function gitUncommittedTests(current: () => GitRepositoryUnderTest): void {
  it('says that there is no repository that could hold files', async () => {
    expect(await current().repository.findUncommitted({ limit: LIMIT })).toEqual({ type: 'none' });
  });

  it('finds nothing where everything is committed', async () => {
    const { repository, commitAsUser } = current();
    await repository.initialise();

    await commitAsUser('a.txt', 'a');

    const found = await repository.findUncommitted({ limit: LIMIT });
    expect(found).toEqual({ type: 'known', count: 0, paths: [] });
  });

  it('finds what is staged and what is not', async () => {
    const { repository, commitAsUser, stage, changeOnDisk } = current();
    await repository.initialise();
    await commitAsUser('a.txt', 'a');
    await commitAsUser('b.txt', 'b');
    await commitAsUser('c.txt', 'c');
    await stage('a.txt', 'staged');
    await changeOnDisk('b.txt', 'changed on disk');

    const found = await repository.findUncommitted({ limit: LIMIT });

    expect(found).toMatchObject({ type: 'known', count: 2 });
    expect('paths' in found && [...found.paths].sort()).toEqual(['a.txt', 'b.txt']);
  });

  it('names no more than it is asked for, and counts all', async () => {
    const { repository, commitAsUser, changeOnDisk } = current();
    await repository.initialise();
    for (const path of ['a.txt', 'b.txt', 'c.txt']) {
      await commitAsUser(path, path);
      await changeOnDisk(path, 'changed on disk');
    }

    const found = await repository.findUncommitted({ limit: 2 });

    expect(found).toMatchObject({ type: 'known', count: 3 });
    expect('paths' in found && found.paths).toHaveLength(2);
  });

  it('looks at the files it is asked about, and no others', async () => {
    const { repository, commitAsUser, changeOnDisk } = current();
    await repository.initialise();
    for (const path of ['a.txt', 'b.txt', 'c.txt']) await commitAsUser(path, path);
    await changeOnDisk('a.txt', 'changed on disk');
    await changeOnDisk('b.txt', 'changed on disk');

    const found = await repository.findUncommitted({ limit: LIMIT, paths: ['b.txt', 'c.txt'] });

    expect(found).toEqual({ type: 'known', count: 1, paths: ['b.txt'] });
  });
}
