import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { applyRollback } from './apply-rollback.ts';
import { ContentStore } from './content-store.ts';
import type { Manifest } from './manifest.ts';
import { planRollback } from './plan-rollback.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { TreeFolders } from './tree-folders.ts';

let base: string;
let root: string;
let store: ContentStore;
let manifest: Manifest;

beforeEach(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'apply-rollback-')));
  root = join(base, 'tree');
  mkdirSync(join(root, 'inner'), { recursive: true });
  writeFileSync(join(root, 'inner/old.py'), 'old');
  store = new ContentStore(join(base, 'state'));
  const { snapshotId } = await takeSnapshot({ folder: root, stateDirectory: join(base, 'state') });
  manifest = await store.load(snapshotId);
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

async function planned() {
  const folders = new TreeFolders(root);
  const plan = await planRollback(manifest, [], folders);
  return { restore: plan.restore, remove: ['inner/new.py'], folders };
}

function moveBehindLink() {
  renameSync(join(root, 'inner'), join(base, 'elsewhere'));
  symlinkSync(join(base, 'elsewhere'), join(root, 'inner'));
}

describe('a folder that is replaced by a link after the plan was made', () => {
  it('is told, and nothing behind the link is removed or written', async () => {
    writeFileSync(join(root, 'inner/new.py'), 'new');
    rmSync(join(root, 'inner/old.py'));
    const work = await planned();
    moveBehindLink();

    await expect(applyRollback(store, manifest, work)).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE',
      message: expect.stringContaining('inner is no folder of the tree any more') as unknown,
    });
    expect(readdirSync(join(base, 'elsewhere'))).toEqual(['new.py']);
  });

  it('is told when there is only something to restore', async () => {
    rmSync(join(root, 'inner/old.py'));
    const work = { ...(await planned()), remove: [] };
    moveBehindLink();

    await expect(applyRollback(store, manifest, work)).rejects.toThrow('inner is no folder of the tree');
    expect(readdirSync(join(base, 'elsewhere'))).toEqual([]);
  });

  it('keeps the mode of what the link leads to', async () => {
    rmSync(join(root, 'inner/old.py'));
    const work = { ...(await planned()), remove: [] };
    moveBehindLink();
    chmodSync(join(base, 'elsewhere'), 0o500);

    await expect(applyRollback(store, manifest, work)).rejects.toThrow('any more');
    expect(lstatSync(join(base, 'elsewhere')).mode & 0o777).toBe(0o500);
  });
});

it('says so when the folder of a file is removed after the plan was made', async () => {
  rmSync(join(root, 'inner/old.py'));
  const work = await planned();
  rmSync(join(root, 'inner'), { recursive: true });

  await expect(applyRollback(store, manifest, work)).rejects.toThrow(
    'the folder of inner/old.py was removed meanwhile',
  );
  expect(existsSync(join(root, 'inner'))).toBe(false);
});

it('makes a folder again and restores what lay in it', async () => {
  rmSync(join(root, 'inner'), { recursive: true });

  await applyRollback(store, manifest, await planned());

  expect(readFileSync(join(root, 'inner/old.py'), 'utf8')).toBe('old');
});
