import { expect } from 'vitest';

import type { CommitPlan, GitRepository } from '../../git/git-repository.ts';
import { sha256 } from '../../journal/hash.ts';

/** Contents by path; `null` for a file that is gone. */
type Contents = Readonly<Record<string, string | null>>;

/** A plan, and where its contents come from. */
export interface PlannedCommit {
  readonly plan: CommitPlan;
  readonly contentOf: (hash: string) => Promise<string>;
}

/** Commits files, given by their contents, on top of the current commit. */
export async function commitFiles(repository: GitRepository, files: Contents): Promise<string> {
  const { plan, contentOf } = await planCommit(repository, files);
  return repository.commit(plan, contentOf);
}

/** The plan for a commit of files, given by their contents, on top of the current commit. */
export async function planCommit(repository: GitRepository, files: Contents): Promise<PlannedCommit> {
  const state = await repository.inspect();
  if (state.type !== 'ready') return expect.fail(`the repository is ${state.type}`);

  const texts = Object.values(files).filter((content) => content !== null);
  const contents = new Map(texts.map((content) => [sha256(content), content]));
  const plan: CommitPlan = {
    branch: state.branch,
    parent: state.head ?? null,
    subject: 'Round 1: build',
    trailers: { 'Jarvis-Run': 'run-1', 'Jarvis-Step': 'round-1' },
    author: { name: 'Ada', email: 'ada@example.com' },
    atSeconds: 1_767_225_600,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      hash: content === null ? null : sha256(content),
    })),
  };
  return { plan, contentOf: async (hash: string) => contents.get(hash) ?? expect.fail(`no content ${hash}`) };
}
