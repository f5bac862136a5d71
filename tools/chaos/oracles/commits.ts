import type { Evidence } from '../evidence.ts';

/**
 * O4: the same commits with the same trees in the same order; a sound repository; the user's index as it was; no lock and
 * no unfinished file of git's.
 */
export function checkCommits(evidence: Evidence, reference: Evidence): readonly string[] {
  const { commits, status, staged, fsck, gitFiles } = evidence;
  const made = commits.map(describe);
  const wanted = reference.commits.map(describe);
  return [
    ...(made.join('\n') === wanted.join('\n')
      ? []
      : [`commits: ${made.join(' | ')} instead of ${wanted.join(' | ')}`]),
    ...(status === reference.status ? [] : [`git status: "${status}" instead of "${reference.status}"`]),
    ...(staged === reference.staged ? [] : [`the user's entries are ${staged}`]),
    ...(fsck === '' ? [] : [`git fsck: ${fsck}`]),
    ...gitFiles
      .filter((path) => !reference.gitFiles.includes(path) || isUnfinished(path))
      .map((path) => `${path} was left behind`),
  ];
}

function isUnfinished(path: string): boolean {
  return path.endsWith('.lock') || path.includes('tmp_');
}

function describe({ tree, text }: Evidence['commits'][number]): string {
  return `${tree.slice(0, 10)} ${text}`;
}
