import type { Git } from './git-call.ts';

/** The end of a branch. */
export interface BranchTip {
  readonly isCheckedOut: boolean;
  /** Its last commit; missing when it has none. */
  readonly id?: string;
}

/** Where a branch ends, and whether it is the one that is checked out; one without commits counts as not. */
export async function readTip(git: Git, branch: string): Promise<BranchTip> {
  const format = '--format=%(HEAD)%(refname) %(objectname)';
  const lines = (await git.run({ args: ['for-each-ref', format, branch] })).split('\n');
  const line = lines.find((candidate) => candidate.slice(1).startsWith(`${branch} `));
  return line === undefined
    ? { isCheckedOut: false }
    : { isCheckedOut: line.startsWith('*'), id: line.slice(1 + branch.length + 1) };
}
