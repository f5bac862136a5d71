import { z } from 'zod';

/** What may be made of files that no commit holds, from the least careful to the most. */
export const uncommittedPolicies = ['warn', 'protect', 'refuse'] as const;

/** What `git` may say. */
export const gitSection = z
  .strictObject({
    commit: z
      .enum(['auto', 'required', 'off'])
      .describe('Commit each round: when the folder is a repository, always, or never. Default: auto.'),
    init: z.boolean().describe('Make the folder a git repository when it is none. Default: false.'),
    runHooks: z.boolean().describe("Run the user's hooks at each commit. Default: false."),
    uncommitted: z
      .enum(uncommittedPolicies)
      .describe(
        'Files of yours that no commit holds: may be written over, with a warning; are protected files; ' +
          'keep a run from starting. Default: warn.',
      ),
  })
  .partial();

/** What is done in the project's repository, defaults included. */
export interface GitConfig {
  readonly commit: 'auto' | 'required' | 'off';
  readonly init: boolean;
  readonly runHooks: boolean;
  readonly uncommitted: (typeof uncommittedPolicies)[number];
}

export const defaultGit: GitConfig = { commit: 'auto', init: false, runHooks: false, uncommitted: 'warn' };
