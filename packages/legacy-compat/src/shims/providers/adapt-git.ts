import { GitConflictError, type GitRepository } from '@jarvis/core';

import type { GitProvider } from './legacy-providers.ts';

/** A repository that is made and committed to by the old provider, and looked at as always. */
export function adaptGit(provider: GitProvider, git: GitRepository, root: string): GitRepository {
  return {
    inspect: () => git.inspect(),
    author: () => git.author(),
    findUncommitted: (query) => git.findUncommitted(query),
    initialise: async () => {
      await provider.init_repo(root);
    },
    commit: async ({ branch, parent, subject }) => {
      await provider.commit_all(root, subject);
      const state = await git.inspect();
      const head = state.type === 'ready' ? state.head : undefined;
      // Nobody knows what the provider has done, but there is no commit of this round.
      if (head === undefined || head === parent) throw new GitConflictError({ branch });
      return head;
    },
  };
}
