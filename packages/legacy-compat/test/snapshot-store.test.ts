import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  listSnapshots,
  recordWritten,
  renderSnapshots,
  rollBack,
  takeSnapshot,
  writeBridge,
} from '../src/migrate/index.ts';
import { hashOf } from '../src/migrate/snapshot/manifest.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  vi.restoreAllMocks();
  tree.remove();
});

const snapshot = () => takeSnapshot({ folder: tree.root, stateDirectory: tree.stateDirectory });
const inState = (name: string) => join(tree.stateDirectory, 'migration', name);

/** Things that can lie where a file is expected. */
const oddThings: readonly [string, (place: string) => void][] = [
  [
    'a link that leads nowhere',
    (place) => {
      symlinkSync('nowhere', place);
    },
  ],
  [
    'a link to itself',
    (place) => {
      symlinkSync(place, place);
    },
  ],
  [
    'a folder',
    (place) => {
      mkdirSync(place);
    },
  ],
  [
    'a pipe nobody writes to',
    (place) => {
      execFileSync('mkfifo', [place]);
    },
  ],
];

describe.each(oddThings)('%s among what is kept', (_, put) => {
  it('is told as a damaged snapshot, and the others are listed', async () => {
    const { snapshotId } = await snapshot();
    put(inState('snapshots/0123456789abcdef.json'));

    const listed = await listSnapshots(tree.stateDirectory);

    const found = listed.map((one) => [one.snapshotId, one.root]);
    expect(found).toContainEqual([snapshotId, tree.root]);
    expect(found).toContainEqual(['0123456789abcdef', null]);
    expect(renderSnapshots(listed)).toContain('or cannot be read');
    await expect(
      rollBack({ snapshotId: '0123456789abcdef', stateDirectory: tree.stateDirectory }),
    ).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_DAMAGED',
      message: expect.stringContaining('the list of its files is no file that can be read') as unknown,
    });
  });

  it('in place of a content is told as lost', async () => {
    const { snapshotId } = await snapshot();
    const content = contentOf(tree.read('agent/llm.py'));
    rmSync(tree.path('agent/llm.py'));
    unlinkSync(content);
    put(content);

    await expect(rollBack({ snapshotId, stateDirectory: tree.stateDirectory })).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_DAMAGED',
      paths: ['agent/llm.py'],
    });
  });

  it('in place of the notes of what was written refuses a rollback, which would not know what is ours', async () => {
    const { snapshotId } = await snapshot();
    put(inState('written.jsonl'));
    const before = tree.look();

    await expect(rollBack({ snapshotId, stateDirectory: tree.stateDirectory })).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
      path: inState('written.jsonl'),
      message: expect.stringContaining('No file of the old tree was changed') as unknown,
    });
    expect(tree.look()).toEqual(before);
  });
});

it('names a folder that stands where a content has to be kept', async () => {
  mkdirSync(contentOf(tree.read('agent/llm.py')), { recursive: true });

  await expect(snapshot()).rejects.toMatchObject({
    code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
    path: contentOf(tree.read('agent/llm.py')),
    problem: 'it is a folder, not a file',
  });
});

it('does not take a store whose folder leads nowhere for one without snapshots', async () => {
  mkdirSync(tree.stateDirectory);
  symlinkSync('/nowhere', inState('').replace(/\/$/u, ''));

  await expect(listSnapshots(tree.stateDirectory)).rejects.toMatchObject({
    code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
    problem: 'it does not exist',
  });
});

describe('a full disk of the state directory', () => {
  it('is told as such, not as a fault of the file that was to be kept', async () => {
    await fillDisk();

    await expect(snapshot()).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
      path: expect.stringContaining(tree.stateDirectory) as unknown,
      problem: 'the disk is full',
    });
    expect(readdirSync(inState('')).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });

  it('is told when there is no room left for the list of the files, and no half list is left', async () => {
    await snapshot();
    writeFileSync(tree.path('agent/copy.py'), tree.read('agent/llm.py'));
    await fillDisk();

    await expect(snapshot()).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
      problem: 'the disk is full',
    });
    expect(readdirSync(inState('snapshots'))).toHaveLength(1);
  });

  it('is told when there is no room left for a note', async () => {
    await fillDisk();
    const note = { root: tree.root, path: 'a.py', before: null, after: hashOf('x') };

    await expect(recordWritten(tree.stateDirectory, [note])).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
      path: inState('written.jsonl'),
    });
  });

  it('leaves the tree as it is when the bridge was to be written', async () => {
    const before = tree.look();
    await fillDisk();
    const { root: folder, stateDirectory } = tree;

    await expect(writeBridge({ folder, stateDirectory, bridge: 'jarvis_bridge' })).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_STORE',
    });
    expect(tree.look()).toEqual(before);
  });
});

/** From now on nothing can be written to an open file. */
async function fillDisk(): Promise<void> {
  const handle = await open(tree.path('agent/llm.py'));
  const kind = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
  vi.spyOn(kind, 'writeFile').mockRejectedValue(full);
}

function contentOf(text: string): string {
  const hash = hashOf(text);
  return inState(`content/${hash.slice(0, 2)}/${hash}`);
}
