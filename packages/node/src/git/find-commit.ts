import type { CommitPlan } from '@jarvis/core';

import { trailersOf } from './commit-message.ts';
import type { Git } from './git-call.ts';

/** How far back a commit is looked for: far more than a user makes during a run. */
const MOST_COMMITS = 1_000;

/** A commit as its message shows it. */
export interface ListedCommit {
  readonly id: string;
  readonly lines: readonly string[];
}

/** What was committed to a branch since the parent of a plan, the newest first. */
export async function listCommitsSince(
  git: Git,
  tip: string,
  parent: string | null,
): Promise<readonly ListedCommit[]> {
  const range = parent === null ? [tip] : [tip, `^${parent}`];
  const limit = `--max-count=${String(MOST_COMMITS)}`;
  const output = await git.run({
    args: ['rev-list', limit, '--encoding=UTF-8', '--format=%x00%B%x00', ...range],
  });
  const parts = output.split('\0');
  const commits: ListedCommit[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const id = (parts[index] ?? '').trim().replace(/^commit /u, '');
    commits.push({ id, lines: (parts[index + 1] ?? '').split('\n') });
  }
  return commits;
}

/** The commit of a plan among others, told by its trailers: it may have been amended or moved since. */
export function findByTrailers(commits: readonly ListedCommit[], plan: CommitPlan): string | undefined {
  const trailers = trailersOf(plan);
  if (trailers.length === 0) return undefined;
  return commits.find(({ lines }) => trailers.every((trailer) => lines.includes(trailer)))?.id;
}
