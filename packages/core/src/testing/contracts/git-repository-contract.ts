import { afterEach, beforeEach, describe } from 'vitest';

import type { CommitAuthor, GitRepository } from '../../git/git-repository.ts';
import type { StoredCommit } from '../fake-git-repository.ts';
import { gitCommittingTests } from './git-committing.ts';
import { gitInspectingTests } from './git-inspecting.ts';
import { gitStagingTests } from './git-staging.ts';
import { gitUncommittedTests } from './git-uncommitted.ts';

/** A folder that is no repository yet, and the hands of a user who works in it beside the run. */
export interface GitRepositoryUnderTest {
  readonly repository: GitRepository;
  /** Writes a file and stages it, as `git add` does. */
  readonly stage: (path: string, content: string) => Promise<void>;
  /** Writes a file and leaves it so, neither staged nor committed. */
  readonly changeOnDisk: (path: string, content: string) => Promise<void>;
  /** Writes a file, stages it and commits what is staged. */
  readonly commitAsUser: (path: string, content: string) => Promise<string>;
  /** Configures whom commits are by. */
  readonly setAuthor: (author: CommitAuthor) => Promise<void>;
  /** Checks out the current commit instead of a branch. */
  readonly detachHead: () => Promise<void>;
  /** The commits from the current one back, newest first. */
  readonly history: () => Promise<readonly string[]>;
  readonly readCommit: (id: string) => Promise<StoredCommit | undefined>;
  /** The paths whose entry in the index differs from the current commit. */
  readonly stagedPaths: () => Promise<readonly string[]>;
  /** Removes the folder. */
  readonly dispose: () => Promise<void>;
}

/** Registers the tests every {@link GitRepository} passes. `open` gives an empty folder that is no repository. */
export function gitRepositoryContract(name: string, open: () => Promise<GitRepositoryUnderTest>): void {
  describe(`${name} keeps the contract of GitRepository`, () => {
    let opened: GitRepositoryUnderTest;

    beforeEach(async () => {
      opened = await open();
    });

    afterEach(async () => {
      await opened.dispose();
    });

    gitInspectingTests(() => opened);
    gitUncommittedTests(() => opened);
    gitCommittingTests(() => opened);
    gitStagingTests(() => opened);
  });
}
