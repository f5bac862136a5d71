import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CommitPlan, GitCommandError } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { explainFailure } from './explain-failure.ts';

const plan: CommitPlan = {
  branch: 'refs/heads/main',
  parent: null,
  subject: 'Build the page',
  trailers: {},
  author: { name: 'Jo', email: 'jo@example.org' },
  atSeconds: 0,
  files: [{ path: 'a.txt', hash: 'h' }],
};
const work = { plan, contentOf: async () => 'new\n' };
const failure = (cause: string) => new GitCommandError({ command: 'write-tree', cause: new Error(cause) });

describe('explainFailure', () => {
  it('tells what git has said where nobody can say how full the disk is', async () => {
    const gone = join(mkdtempSync(join(tmpdir(), 'jarvis-gone-')), 'gone');
    const error = failure('fatal: not a git repository');

    const told = await explainFailure(error, { gitDirectory: gone }, work);
    rmSync(join(gone, '..'), { recursive: true });

    expect(told).toBe(error);
  });

  it('tells of a full disk that git has named, also where nobody can say how full it is', async () => {
    const error = failure('error: unable to write file: No space left on device');

    const told = await explainFailure(error, { gitDirectory: '/no/such/folder' }, work);

    expect(told).toMatchObject({ code: 'JARVIS_WORKSPACE_NO_SPACE', cause: error });
  });

  it('tells what git has said when the contents of the commit cannot be had', async () => {
    const error = failure('fatal: bad object');
    const contentOf = () => Promise.reject(new Error('no such content'));

    await expect(explainFailure(error, { gitDirectory: tmpdir() }, { plan, contentOf })).resolves.toBe(error);
  });

  it('leaves the reason of the signal as it is', async () => {
    const stop = new AbortController();
    stop.abort('enough');
    const explaining = explainFailure('enough', { gitDirectory: tmpdir() }, { ...work, signal: stop.signal });

    await expect(explaining).rejects.toBe('enough');
  });
});
