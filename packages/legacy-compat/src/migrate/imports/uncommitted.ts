import { env } from 'node:process';

import { openGitRepository } from '@jarvis/node/git';

import { LegacyTreeError } from '../../errors.ts';
import { visibleText } from '../project/visible-text.ts';

/** So many are named at most; more say nothing new. */
const NAMED = 200;

/**
 * The files of a folder that git holds in another state, and those of `paths` that it holds in none; empty when there is
 * no repository. Nothing the repository configures is run.
 *
 * @throws {@link LegacyTreeError} when there is a repository and git does not answer.
 */
export async function findUncommitted(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const git = openGitRepository({ root, environment: { PATH: env.PATH ?? '', HOME: env.HOME ?? '' } });
  const found = new Set<string>();
  for (const query of [{ limit: NAMED }, { limit: NAMED, paths }]) {
    const answer = await git.findUncommitted(query);
    if (answer.type === 'none') return [];
    if (answer.type === 'unknown') {
      throw new LegacyTreeError({
        problem: `git does not tell what is committed in ${visibleText(root)} (${visibleText(answer.problem)})`,
        advice: 'Nothing was changed. Put the repository right, or go on without with --force.',
      });
    }
    for (const path of answer.paths) found.add(path);
  }
  return [...found];
}
