import { expect, it } from 'vitest';

import { applyWrites } from './plain-writes.ts';
import type { WorkspaceUnderTest } from './workspace-contract.ts';

/** What is not written, and that nothing else is either. */
export function workspaceRefusingTests(current: () => WorkspaceUnderTest): void {
  conflictTests(current);
  escapeTests(current);
}

function conflictTests(current: () => WorkspaceUnderTest): void {
  it.each([
    { what: 'was changed', before: 'planned', onDisk: 'by someone else' },
    { what: 'came into being', before: null, onDisk: 'by someone else' },
    { what: 'was removed', before: 'planned', onDisk: undefined },
  ])('refuses the whole plan when a file $what meanwhile', async ({ before, onDisk }) => {
    const { workspace, write, read } = current();
    if (onDisk !== undefined) await write('b.txt', onDisk);

    const applied = applyWrites(workspace, [
      { path: 'a.txt', before: null, after: 'a' },
      { path: 'b.txt', before, after: 'b' },
      { path: 'c.txt', before: null, after: 'c' },
    ]);

    await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_CONFLICT', paths: ['b.txt'] });
    expect(await Promise.all(['a.txt', 'b.txt', 'c.txt'].map(read))).toEqual([undefined, onDisk, undefined]);
  });

  it('refuses the whole plan when a file that shall go was changed meanwhile', async () => {
    const { workspace, write, read } = current();
    await write('a.txt', 'planned');
    await write('b.txt', 'by someone else');

    const applied = applyWrites(workspace, [
      { path: 'a.txt', before: 'planned', after: null },
      { path: 'b.txt', before: 'planned', after: null },
      { path: 'c.txt', before: null, after: 'c' },
    ]);

    await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_CONFLICT', paths: ['b.txt'] });
    expect(await Promise.all(['a.txt', 'b.txt', 'c.txt'].map(read))).toEqual([
      'planned',
      'by someone else',
      undefined,
    ]);
  });

  it('names every file that was changed', async () => {
    const { workspace, write } = current();
    await write('a.txt', 'other');
    await write('b.txt', 'other');

    const applied = applyWrites(workspace, [
      { path: 'a.txt', before: null, after: 'a' },
      { path: 'b.txt', before: null, after: 'b' },
    ]);

    await expect(applied).rejects.toMatchObject({ paths: ['a.txt', 'b.txt'] });
  });
}

function escapeTests(current: () => WorkspaceUnderTest): void {
  it.each(['../outside.txt', '/etc/passwd', 'a/../../b', '.git/hooks/pre-commit', '.env', 'a\\b'])(
    'refuses the path %j and writes nothing',
    async (path) => {
      const { workspace } = current();

      const applied = applyWrites(workspace, [
        { path: 'fine.txt', before: null, after: 'fine' },
        { path, before: null, after: 'bad' },
      ]);

      await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE', path });
      expect(await workspace.readFiles()).toEqual([]);
    },
  );

  it('refuses to write over a link', async () => {
    const { workspace, link, read } = current();
    await link('link.txt');

    const applied = applyWrites(workspace, [
      { path: 'fine.txt', before: null, after: 'fine' },
      { path: 'link.txt', before: null, after: 'bad' },
    ]);

    await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE', path: 'link.txt' });
    expect(await read('fine.txt')).toBeUndefined();
  });

  it('refuses to delete a link, or through one', async () => {
    const { workspace, link } = current();
    await link('link.txt');
    await link('folder');

    for (const path of ['link.txt', 'folder/file.txt']) {
      const applied = applyWrites(workspace, [{ path, before: 'x', after: null }]);
      await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE', path });
    }
  });

  it('refuses to write through a link', async () => {
    const { workspace, link } = current();
    await link('folder');

    const applied = applyWrites(workspace, [{ path: 'folder/file.txt', before: null, after: 'bad' }]);

    await expect(applied).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE' });
  });

  it('refuses to write where a folder stands, or under a file', async () => {
    const { workspace, write } = current();
    await write('folder/file.txt', 'mine');

    for (const path of ['folder', 'folder/file.txt/below.txt']) {
      await expect(applyWrites(workspace, [{ path, before: null, after: 'bad' }])).rejects.toMatchObject({
        code: 'JARVIS_WORKSPACE_PATH_ESCAPE',
        path,
      });
    }
  });
}
