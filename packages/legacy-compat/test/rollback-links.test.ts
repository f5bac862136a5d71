import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { recordWritten, rollBack, takeSnapshot, writeBridge } from '../src/migrate/index.ts';
import { hashOf } from '../src/migrate/snapshot/manifest.ts';
import { OldTree } from './old-tree.ts';

const COMPILED = 'orchestrator.cpython-312.pyc';

let tree: OldTree;
let outside: string;

beforeEach(() => {
  tree = new OldTree();
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
});

afterEach(() => {
  tree.remove();
  rmSync(outside, { recursive: true });
});

const back = (snapshotId = '', force = false) =>
  rollBack({ snapshotId, stateDirectory: tree.stateDirectory, force });

describe('a rollback of a tree in which links took the place of folders', () => {
  it('leaves what was compiled behind the link, and says only that the link stays', async () => {
    const { snapshotId } = await bridge();
    renameSync(tree.path('jarvis_bridge'), join(outside, 'jb'));
    symlinkSync(join(outside, 'jb'), tree.path('jarvis_bridge'));
    mkdirSync(join(outside, 'jb/__pycache__'));
    writeFileSync(join(outside, 'jb/__pycache__', COMPILED), 'theirs');

    const outcome = await back(snapshotId);

    expect(outcome).toMatchObject({ status: 'done', removed: [], compiled: [], kept: ['jarvis_bridge'] });
    expect(readdirSync(join(outside, 'jb/__pycache__'))).toEqual([COMPILED]);
  });

  it('leaves it also when the link lies further above', async () => {
    const { root, stateDirectory } = tree;
    const { snapshotId } = await writeBridge({ folder: root, stateDirectory, bridge: 'lib.jarvis_bridge' });
    renameSync(tree.path('lib'), join(outside, 'lib'));
    symlinkSync(join(outside, 'lib'), tree.path('lib'));
    mkdirSync(join(outside, 'lib/jarvis_bridge/__pycache__'));
    writeFileSync(join(outside, 'lib/jarvis_bridge/__pycache__', COMPILED), 'theirs');

    await back(snapshotId, true);

    expect(readdirSync(join(outside, 'lib/jarvis_bridge/__pycache__'))).toEqual([COMPILED]);
    expect(readdirSync(join(outside, 'lib/jarvis_bridge'))).toContain('orchestrator.py');
  });

  it('makes the folder again beside what the link led to', async () => {
    const { snapshotId } = await takeSnapshot({ folder: tree.root, stateDirectory: tree.stateDirectory });
    const before = tree.look();
    renameSync(tree.path('agent'), join(outside, 'agent'));
    symlinkSync(join(outside, 'agent'), tree.path('agent'));
    rmSync(join(outside, 'agent/llm.py'));

    await back(snapshotId, true);

    expect(tree.look()).toEqual(before);
    expect(existsSync(join(outside, 'agent/llm.py'))).toBe(false);
  });
});

describe('a note of what was written', () => {
  it.each(['../elsewhere/mod.py', '/etc/mod.py', 'a/../../elsewhere/mod.py', 'a//mod.py', 'a\0b/mod.py'])(
    'is passed over when its path is %j',
    async (path) => {
      const elsewhere = join(tree.root, '../elsewhere/__pycache__');
      mkdirSync(elsewhere, { recursive: true });
      writeFileSync(join(elsewhere, 'mod.cpython-312.pyc'), 'theirs');
      const { snapshotId } = await takeSnapshot({ folder: tree.root, stateDirectory: tree.stateDirectory });
      const note = { root: tree.root, path, before: null, after: hashOf('x') };
      await appendFile(join(tree.stateDirectory, 'migration/written.jsonl'), `${JSON.stringify(note)}\n`);

      const outcome = await back(snapshotId);

      expect(outcome).toMatchObject({ status: 'done', removed: [], compiled: [] });
      expect(readdirSync(elsewhere)).toEqual(['mod.cpython-312.pyc']);
    },
  );

  it('is refused before anything is written when its path leaves the tree', async () => {
    const note = { root: tree.root, path: '../mod.py', before: null, after: hashOf('x') };

    await expect(recordWritten(tree.stateDirectory, [note])).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE',
      message: expect.stringContaining('../mod.py is no path inside it') as unknown,
    });
    expect(existsSync(join(tree.stateDirectory, 'migration/written.jsonl'))).toBe(false);
  });
});

function bridge() {
  const { root, stateDirectory } = tree;
  return writeBridge({ folder: root, stateDirectory, bridge: 'jarvis_bridge' });
}
