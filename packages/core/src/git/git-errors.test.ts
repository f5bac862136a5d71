import { describe, expect, it } from 'vitest';

import { GitCommandError, GitConflictError, GitUnusableError } from './git-errors.ts';

describe('the errors of git', () => {
  it('say what to do', () => {
    const cause = new Error('exit code 128');

    expect(new GitUnusableError({ problem: 'a merge is in progress', cause })).toMatchObject({
      code: 'JARVIS_GIT_UNUSABLE',
      message:
        'Git cannot be used here: a merge is in progress. Put it right, or run without commits: --git off',
      cause,
    });
    expect(new GitConflictError({ branch: 'refs/heads/main' })).toMatchObject({
      code: 'JARVIS_GIT_CONFLICT',
      branch: 'refs/heads/main',
      message: expect.stringContaining('Resume the run.') as unknown,
    });
    expect(new GitCommandError({ command: 'write-tree', cause })).toMatchObject({
      code: 'JARVIS_GIT_COMMAND',
      command: 'write-tree',
      message: 'git write-tree failed. Look at the repository with: git status',
      cause,
    });
  });
});
