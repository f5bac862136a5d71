import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, it } from 'vitest';

import {
  inspectTree,
  planImports,
  recordWritten,
  rollBack,
  takeSnapshot,
  writeImports,
} from '../src/migrate/index.ts';
import { hashOf } from '../src/migrate/snapshot/manifest.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  tree.remove();
});

it('inspects, keeps, rewrites and brings back an old tree, byte for byte', async () => {
  const { root: folder, stateDirectory } = tree;
  symlinkSync('../agent/llm.py', tree.path('web/llm.py'));
  const before = tree.look();

  const old = await inspectTree(folder);
  const { snapshotId } = await takeSnapshot({ folder, stateDirectory });
  const { snapshotId: ownId, written } = await writeImports(await planImports({ folder }), {
    stateDirectory,
  });
  await addBridge();
  const rewritten = await inspectTree(folder);
  const outcome = await rollBack({ snapshotId, stateDirectory });

  expect(ownId).toBe(snapshotId);
  expect(rewritten.references.length).toBeLessThan(old.references.length - 5);
  expect(outcome).toMatchObject({
    status: 'done',
    restored: written,
    removed: ['jarvis_bridge/__init__.py'],
    kept: [],
    conflicts: [],
  });
  expect(outcome.smoke.map(({ isOk }) => isOk)).toEqual([true, true, true]);
  expect(tree.look()).toEqual(before);
  expect(await inspectTree(folder)).toEqual(old);
});

/** As another part of the migration adds files of its own. */
async function addBridge(): Promise<void> {
  const [path, content] = ['jarvis_bridge/__init__.py', '"""The bridge."""\n'] as const;
  await recordWritten(tree.stateDirectory, [{ root: tree.root, path, before: null, after: hashOf(content) }]);
  mkdirSync(tree.path('jarvis_bridge'));
  writeFileSync(tree.path(path), content);
}
