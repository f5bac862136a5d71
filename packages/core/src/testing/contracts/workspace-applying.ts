import { expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import { applyWrites, toPlan } from './plain-writes.ts';
import type { WorkspaceUnderTest } from './workspace-contract.ts';

/** What is written, and how often. */
export function workspaceApplyingTests(current: () => WorkspaceUnderTest): void {
  it('creates files with their folders and overwrites others', async () => {
    const { workspace, write, read } = current();
    await write('old.txt', 'before');

    await applyWrites(workspace, [
      { path: 'old.txt', before: 'before', after: 'after\r\n' },
      { path: 'new/deep/file.md', before: null, after: 'é🙂' },
      { path: 'empty.txt', before: null, after: '' },
    ]);

    expect(await read('old.txt')).toBe('after\r\n');
    expect(await read('new/deep/file.md')).toBe('é🙂');
    expect(await read('empty.txt')).toBe('');
    expect((await workspace.readFiles()).map(({ path }) => path)).toEqual([
      'empty.txt',
      'new/deep/file.md',
      'old.txt',
    ]);
  });

  it('does not touch files that are not in the plan', async () => {
    const { workspace, write, stamp } = current();
    await write('other.txt', 'mine');
    const before = await stamp('other.txt');

    await applyWrites(workspace, [{ path: 'new.txt', before: null, after: 'new' }]);

    expect(await stamp('other.txt')).toEqual(before);
  });

  it('writes nothing when a content cannot be had', async () => {
    const { workspace, read } = current();
    const plan = toPlan([
      { path: 'a.txt', before: null, after: 'a' },
      { path: 'b.txt', before: null, after: 'b' },
    ]);
    const contentOf = async (hash: string) => {
      if (hash === sha256('b')) throw new Error('it is gone');
      return 'a';
    };

    await expect(workspace.apply(plan, contentOf)).rejects.toThrow('it is gone');

    expect(await read('a.txt')).toBeUndefined();
  });

  protectedTests(current);
  deletingTests(current);
  redoTests(current);
}

function protectedTests(current: () => WorkspaceUnderTest): void {
  it('writes what tools obey only where a person has allowed it, and finds it then', async () => {
    const { workspace, read } = current();
    const path = '.husky/pre-commit';
    const plan = toPlan([{ path, before: null, after: 'echo' }]);
    const allowed = { writes: plan.writes.map((write) => ({ ...write, isAllowed: true as const })) };
    const contentOf = () => Promise.resolve('echo');

    await expect(workspace.apply(plan, contentOf)).rejects.toMatchObject({
      code: 'JARVIS_WORKSPACE_PATH_ESCAPE',
    });
    await workspace.apply(allowed, contentOf);

    expect(await read(path)).toBe('echo');
    expect(await workspace.hashFiles([path])).toEqual(new Map([[path, sha256('echo')]]));
  });
}

function deletingTests(current: () => WorkspaceUnderTest): void {
  it('deletes files, and leaves those beside them', async () => {
    const { workspace, write, read } = current();
    await write('old/deep/a.txt', 'a');
    await write('old/b.txt', 'b');

    await applyWrites(workspace, [{ path: 'old/deep/a.txt', before: 'a', after: null }]);

    expect(await read('old/deep/a.txt')).toBeUndefined();
    expect(await read('old/b.txt')).toBe('b');
    await applyWrites(workspace, [{ path: 'old/deep', before: null, after: 'a file where the folder was' }]);
    expect(await read('old/deep')).toBe('a file where the folder was');
  });

  it('does nothing when a file that shall go is gone already', async () => {
    const { workspace, read } = current();

    await applyWrites(workspace, [
      { path: 'gone.txt', before: 'mine', after: null },
      { path: 'no/folder/gone.txt', before: 'mine', after: null },
    ]);

    expect(await workspace.readFiles()).toEqual([]);
    expect(await read('gone.txt')).toBeUndefined();
  });

  it('finishes a move of which a part was carried out', async () => {
    const { workspace, write, read, stamp } = current();
    await write('to/a.txt', 'a');
    await write('from/a.txt', 'a');
    const done = await stamp('to/a.txt');

    await applyWrites(workspace, [
      { path: 'from/a.txt', before: 'a', after: null },
      { path: 'to/a.txt', before: null, after: 'a' },
    ]);

    expect(await read('from/a.txt')).toBeUndefined();
    expect(await stamp('to/a.txt')).toEqual(done);
  });
}

function redoTests(current: () => WorkspaceUnderTest): void {
  it('does nothing when a plan is carried out again', async () => {
    const { workspace, write, stamp } = current();
    await write('a.txt', 'before');
    const writes = [
      { path: 'a.txt', before: 'before', after: 'after' },
      { path: 'b.txt', before: null, after: 'new' },
    ];
    await applyWrites(workspace, writes);
    const stamps = [await stamp('a.txt'), await stamp('b.txt')];

    await applyWrites(workspace, writes);

    expect([await stamp('a.txt'), await stamp('b.txt')]).toEqual(stamps);
  });

  it('finishes a plan of which a part was carried out', async () => {
    const { workspace, write, read, stamp } = current();
    await write('a.txt', 'after');
    await write('b.txt', 'before');
    const done = await stamp('a.txt');

    await applyWrites(workspace, [
      { path: 'a.txt', before: null, after: 'after' },
      { path: 'b.txt', before: 'before', after: 'after' },
    ]);

    expect(await read('b.txt')).toBe('after');
    expect(await stamp('a.txt')).toEqual(done);
  });
}
