import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isJarvisError, sha256, type WritePlan } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Disk, realDisk } from './disk.ts';
import { openNodeWorkspace } from './node-workspace.ts';

const home = tmpdir();

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-faults-'));
  putOld();
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function putOld(): void {
  mkdirSync(join(root, 'moved'), { recursive: true });
  writeFileSync(join(root, 'old.txt'), 'old');
  writeFileSync(join(root, 'gone.txt'), 'gone');
  writeFileSync(join(root, 'moved/from.txt'), 'side');
}

const contents = ['new', 'deep', 'side'];
const paths = ['old.txt', 'new/deep.txt', 'side.txt'];

/** Two deletions, one of them the first half of a move, between three writes. */
const plan: WritePlan = {
  writes: [
    { path: 'moved/from.txt', before: sha256('side'), after: null, bytes: 0 },
    ...paths.map((path, index) => ({
      path,
      before: path === 'old.txt' ? sha256('old') : null,
      after: sha256(contents[index] ?? ''),
      bytes: contents[index]?.length ?? 0,
    })),
    { path: 'gone.txt', before: sha256('gone'), after: null, bytes: 0 },
  ],
};

async function contentOf(hash: string): Promise<string> {
  return contents.find((content) => sha256(content) === hash) ?? '';
}

/** A disk whose n-th call fails, also those on the files it has opened; counts its calls. */
function brokenDisk(failAt: number, code: string): { disk: Disk; calls: () => number } {
  let calls = 0;
  function watch<Thing extends object>(thing: Thing): Thing {
    return new Proxy(thing, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        // An empty folder that stays is no failure.
        if (name === 'close' || name === 'createReadStream' || name === 'rmdir') {
          return (...parameters: readonly unknown[]): unknown => Reflect.apply(value, target, parameters);
        }
        return async (...parameters: readonly unknown[]) => {
          calls += 1;
          if (calls === failAt) throw Object.assign(new Error(`${code}: it failed`), { code });
          const result: unknown = await Reflect.apply(value, target, parameters);
          return name === 'open' && typeof result === 'object' && result !== null ? watch(result) : result;
        };
      },
    });
  }
  return { disk: watch({ ...realDisk }), calls: () => calls };
}

/** What changes when a file is written again. */
function timesOf(tree: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(tree).map((path) => {
      const { ino, mtimeNs } = statSync(join(root, path), { bigint: true });
      return [path, `${String(ino)} ${String(mtimeNs)}`];
    }),
  );
}

function treeOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [
      join(parentPath, name).slice(folder.length + 1),
      readFileSync(join(parentPath, name), 'utf8'),
    ]),
  );
}

const before = { 'old.txt': 'old', 'gone.txt': 'gone', 'moved/from.txt': 'side' };
const expected = { 'old.txt': 'new', 'new/deep.txt': 'deep', 'side.txt': 'side' };

describe('apply on a failing disk', () => {
  it.each([
    ['ENOSPC', 'JARVIS_WORKSPACE_NO_SPACE'],
    ['EDQUOT', 'JARVIS_WORKSPACE_NO_SPACE'],
    ['EACCES', 'JARVIS_WORKSPACE_WRITE_DENIED'],
    ['EROFS', 'JARVIS_WORKSPACE_WRITE_DENIED'],
    ['EIO', 'JARVIS_WORKSPACE_DISK'],
  ])(
    'F22 leaves every file old or new, none lost and nothing beside them, whichever call fails with %s',
    async (code, errorCode) => {
      for (let failAt = 2; ; failAt += 1) {
        rmSync(root, { recursive: true });
        mkdirSync(root);
        putOld();
        const { disk, calls } = brokenDisk(failAt, code);
        const workspace = await openNodeWorkspace({ root, home, disk });

        const error: unknown = await workspace.apply(plan, contentOf).catch((thrown: unknown) => thrown);
        if (calls() < failAt) break;

        const tree = treeOf(root);
        expect(isJarvisError(error) && error.code, `call ${String(failAt)}`).toBe(errorCode);
        for (const [path, content] of Object.entries(tree)) {
          expect([Reflect.get(expected, path), Reflect.get(before, path)]).toContain(content);
        }
        expect('moved/from.txt' in tree || 'side.txt' in tree, 'what moves is in some place').toBe(true);

        const whole = await openNodeWorkspace({ root, home });
        await whole.apply(plan, contentOf);
        expect(treeOf(root)).toEqual(expected);
      }
    },
  );

  it('says which file lacks how many bytes and what to do', async () => {
    const full: Disk = {
      ...realDisk,
      rename: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })),
    };
    const workspace = await openNodeWorkspace({ root, home, disk: full });

    await expect(workspace.apply(plan, contentOf)).rejects.toThrow(
      'There is no space left on the disk for old.txt, which needs 3 bytes. Free some there, then resume the run.',
    );
  });

  it('lets an error that is no failure of the disk pass', async () => {
    const broken: Disk = { ...realDisk, rename: async () => Promise.reject(new TypeError('a mistake')) };
    const workspace = await openNodeWorkspace({ root, home, disk: broken });

    await expect(workspace.apply(plan, contentOf)).rejects.toThrow(TypeError);
  });
});

describe('apply after a crash', () => {
  it.each([1, 2, 3, 4, 5])(
    'F07 F08 finishes a plan whose process died after %i of 5 changes',
    async (survived) => {
      let written = 0;
      const crashing = await openNodeWorkspace({
        root,
        home,
        crashPoint: {
          reach: (place) => {
            if (place === 'apply.file-written') written += 1;
            if (written === survived) throw new Error('killed');
          },
        },
      });
      await expect(crashing.apply(plan, contentOf)).rejects.toThrow('killed');
      const left = treeOf(root);
      const times = timesOf(left);

      const workspace = await openNodeWorkspace({ root, home });
      await workspace.apply(plan, contentOf);

      expect(treeOf(root)).toEqual(expected);
      expect(existsSync(join(root, 'moved'))).toBe(false);
      const right = Object.keys(left).filter((path) => Reflect.get(expected, path) === left[path]);
      expect(right.length).toBeGreaterThanOrEqual(Math.min(survived, 3));
      expect(right.map((path) => timesOf(expected)[path])).toEqual(right.map((path) => times[path]));
    },
  );
});

describe('readFiles on a failing disk', () => {
  it('leaves out what may not be read, and reports a disk that fails', async () => {
    rmSync(join(root, 'gone.txt'));
    rmSync(join(root, 'moved'), { recursive: true });
    const denied = await openNodeWorkspace({ root, home, disk: brokenDisk(3, 'EACCES').disk });
    const failing = await openNodeWorkspace({ root, home, disk: brokenDisk(3, 'EIO').disk });

    await expect(denied.readFiles()).resolves.toEqual([]);
    await expect(failing.readFiles()).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_DISK', reason: 'EIO' });
  });

  it('reports a folder that cannot be reached, and one that may not be used', async () => {
    const readOnly = await openNodeWorkspace({
      root,
      home,
      disk: {
        ...realDisk,
        access: async () => Promise.reject(Object.assign(new Error(), { code: 'EROFS' })),
      },
    });

    await expect(openNodeWorkspace({ root, home, disk: brokenDisk(1, 'EIO').disk })).rejects.toThrow(
      'it cannot be reached (EIO)',
    );
    await expect(readOnly.prove()).rejects.toThrow('it is on a read-only disk');
  });
});
