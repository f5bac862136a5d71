import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { TreeFolders } from './tree-folders.ts';

let root: string;
let folders: TreeFolders;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tree-folders-')));
  mkdirSync(join(root, 'a/b/c'), { recursive: true });
  folders = new TreeFolders(root);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

it('has its folders, and neither what is missing nor what lies behind a link', async () => {
  symlinkSync('a/b', join(root, 'link'));

  expect(await folders.has('a/b/c')).toBe(true);
  expect(await folders.has('link')).toBe(false);
  expect(await folders.has('link/c')).toBe(false);
  expect(await folders.has('a/none')).toBe(false);
});

it('gives the place of a path, and none where the folder for it is gone', async () => {
  expect(await folders.placeOf('a/b/file')).toBe(join(root, 'a/b/file'));
  expect(await folders.placeOf('file')).toBe(join(root, 'file'));
  expect(await folders.placeOf('a/none/file')).toBeUndefined();
});

it('refuses to go through a link that took a place above', async () => {
  await folders.has('a/b/c');
  renameSync(join(root, 'a'), join(root, 'moved'));
  symlinkSync('moved', join(root, 'a'));

  await expect(folders.placeOf('a/b/c/file')).rejects.toMatchObject({
    code: 'JARVIS_LEGACY_TREE',
    message: expect.stringContaining('a is no folder of the tree any more') as unknown,
  });
});

it('does not take another folder for the one that was there', async () => {
  await folders.has('a/b/c');
  renameSync(join(root, 'a/b'), join(root, 'a/old'));
  mkdirSync(join(root, 'a/b'));

  await expect(folders.placeOf('a/b/file')).rejects.toThrow('a/b is another folder than before');
  await expect(folders.has('a/b/c')).rejects.toMatchObject({ code: 'JARVIS_LEGACY_TREE' });
});

it('knows a folder by its new id when it was seen to be gone in between', async () => {
  await folders.has('a/b');
  renameSync(join(root, 'a/b'), join(root, 'moved'));
  const wasThere = await folders.has('a/b');
  mkdirSync(join(root, 'a/b'));

  expect(wasThere).toBe(false);
  expect(await folders.placeOf('a/b/file')).toBe(join(root, 'a/b/file'));
});
