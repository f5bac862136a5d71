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

  redoTests(current);
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
