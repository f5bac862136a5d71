import { describe, expect, it } from 'vitest';

import { GitCommandError, GitConflictError, GitHookFailedError, GitUnusableError } from './git-errors.ts';

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
    const objection = { hook: 'pre-commit', problem: 'failed with exit code 1', output: 'no semicolon' };
    expect(new GitHookFailedError(objection)).toMatchObject({
      code: 'JARVIS_GIT_HOOK_FAILED',
      ...objection,
      isCommitted: false,
      message:
        'The git hook pre-commit failed with exit code 1. Nothing was committed. Put right what it found, or take ' +
        'the hook away, and resume the run: it is asked again.\nno semicolon',
    });
    expect(new GitHookFailedError({ ...objection, output: '', isCommitted: true }).message).toBe(
      'The git hook pre-commit failed with exit code 1. The commit is made and stays. Resume the run.',
    );
  });
});
