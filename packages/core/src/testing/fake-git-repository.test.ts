import { describe, expect, it } from 'vitest';

import type { CrashPlace } from '../context/crash-point.ts';
import { sha256 } from '../journal/hash.ts';
import { gitRepositoryContract } from './contracts/git-repository-contract.ts';
import { CrashingCrashPoint } from './crashing-crash-point.ts';
import { FakeGitRepository } from './fake-git-repository.ts';

gitRepositoryContract('FakeGitRepository', async () => {
  const repository = new FakeGitRepository({ state: 'none' });
  return {
    repository,
    stage: async (path, content) => {
      repository.stage(path, content);
    },
    commitAsUser: async (path, content) => repository.commitAsUser(path, content),
    setAuthor: async (author) => {
      repository.setAuthor(author);
    },
    changeOnDisk: async (path) => {
      repository.changeOnDisk(path);
    },
    detachHead: async () => {
      repository.detachHead();
    },
    history: async () => repository.history,
    readCommit: async (id) => repository.readCommit(id),
    stagedPaths: async () => repository.stagedPaths,
    dispose: async () => undefined,
  };
});

const plan = {
  branch: 'refs/heads/main',
  parent: null,
  subject: 'Round 1',
  trailers: {},
  author: { name: 'Ada', email: 'ada@example.com' },
  atSeconds: 0,
  files: [{ path: 'a.txt', hash: sha256('a') }],
};
const contentOf = async () => 'a';

describe('FakeGitRepository', () => {
  it('does not know whom commits are by unless someone is configured', async () => {
    expect(await new FakeGitRepository().author()).toEqual({ name: 'Ada', email: 'ada@example.com' });
    expect(await new FakeGitRepository({ author: 'unknown' }).author()).toBeUndefined();
  });

  it.each(['none', 'unusable'] as const)('makes no commit in a folder whose state is %s', async (state) => {
    const repository = new FakeGitRepository({ state });

    await expect(repository.commit(plan, contentOf)).rejects.toMatchObject({ code: 'JARVIS_GIT_UNUSABLE' });
  });

  it.each(['commit.object-built', 'commit.ref-moved', 'commit.index-advanced'] as const)(
    'makes one commit and leaves nothing staged after a crash at %s',
    async (place) => {
      const crashPoint = new CrashingCrashPoint({ place });
      let isFirst = true;
      const reach = (reached: CrashPlace) => {
        if (isFirst) crashPoint.reach(reached);
      };
      const repository = new FakeGitRepository({ crashPoint: { reach } });
      await expect(repository.commit(plan, contentOf)).rejects.toThrow('Simulated crash');
      isFirst = false;

      const id = await repository.commit(plan, contentOf);

      expect(repository.history).toEqual([id]);
      expect(repository.stagedPaths).toEqual([]);
    },
  );
});
