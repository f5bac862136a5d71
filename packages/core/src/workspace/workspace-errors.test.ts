import { describe, expect, it } from 'vitest';

import { PathEscapeError, WorkspaceConflictError, WorkspaceUnusableError } from './workspace-errors.ts';

describe('the errors of the workspace', () => {
  it('say what is wrong with the folder and how to choose another', () => {
    const cause = new Error('EACCES');

    const error = new WorkspaceUnusableError({ path: '/p', problem: 'it is read-only', cause });

    expect(error.message).toBe(
      'The folder /p cannot be used: it is read-only. Choose another one with --workspace <folder>.',
    );
    expect(error).toMatchObject({ code: 'JARVIS_WORKSPACE_UNUSABLE', path: '/p', cause });
  });

  it('say that nothing was written', () => {
    const error = new PathEscapeError({ path: 'a\u001b', problem: 'it is a link' });

    expect(error.message).toBe(String.raw`The path "a\u001b" is refused: it is a link. Nothing was written.`);
    expect(error).toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE', path: 'a\u001b' });
  });

  it('name the files someone else changed', () => {
    const error = new WorkspaceConflictError({ paths: ['a.txt', 'b.txt'] });

    expect(error.message).toMatch(/^Changed by someone else during the run: a\.txt, b\.txt\./u);
    expect(error).toMatchObject({ code: 'JARVIS_WORKSPACE_CONFLICT', paths: ['a.txt', 'b.txt'] });
  });
});
