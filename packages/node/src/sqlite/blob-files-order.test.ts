import type * as FileSystem from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { BlobFiles } from './blob-files.ts';

/** What was asked of the file system, in order, and which of the flushes fails. */
const disk = vi.hoisted(() => ({ calls: [] as string[], names: new Map<number, string>(), failing: 0 }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof FileSystem>();
  return {
    ...fs,
    openSync: (path: string, flags: string, mode?: number) => {
      const handle = fs.openSync(path, flags, mode);
      disk.names.set(handle, path);
      return handle;
    },
    fsyncSync: (handle: number) => {
      disk.calls.push(`flush ${disk.names.get(handle) ?? ''}`);
      disk.failing -= 1;
      if (disk.failing === 0) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
      fs.fsyncSync(handle);
    },
    renameSync: (from: string, to: string) => {
      disk.calls.push(`name ${to}`);
      fs.renameSync(from, to);
    },
  };
});

const content = 'x'.repeat(300_000);
const blob = { hash: sha256(content), content };

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jarvis-blobs-'));
  disk.failing = 0;
  disk.calls.length = 0;
  return () => {
    rmSync(directory, { recursive: true });
  };
});

/** The calls so far, with the names that differ from run to run in words. */
function takeCalls(): readonly string[] {
  return disk.calls.splice(0).map((call) => {
    const [verb = '', path = ''] = call.split(' ');
    const name = relative(directory, path).replace(blob.hash, 'HASH');
    return `${verb} ${name.endsWith('.new') ? 'draft' : name || '.'}`;
  });
}

describe('BlobFiles, what is on disk when it says so', () => {
  it('flushes the content before it gets its name, and the folders its names are in after', () => {
    new BlobFiles(directory).store(blob);

    expect(takeCalls()).toEqual(['flush .', 'flush draft', 'name blobs/HASH', 'flush blobs']);
  });

  it('flushes the folders, too, when another process has just given the content its name', () => {
    new BlobFiles(directory).store(blob);
    takeCalls();

    new BlobFiles(directory).store(blob);

    expect(takeCalls()).toEqual(['flush .', 'flush blobs']);
  });

  it('flushes nothing again that it knows to be on disk', () => {
    const files = new BlobFiles(directory);
    files.store(blob);
    takeCalls();

    files.store(blob);

    expect(takeCalls()).toEqual([]);
  });

  it.each([
    [1, 'the folder around', ['flush .', 'flush draft', 'name blobs/HASH', 'flush blobs']],
    [2, 'the content', ['flush draft', 'name blobs/HASH', 'flush blobs']],
    [3, 'the folder of the content', ['flush blobs']],
  ])('does not rely on a flush that failed: the %i. of them, %s', (failing, _what, missing) => {
    const files = new BlobFiles(directory);
    disk.failing = failing;
    expect(() => {
      files.store(blob);
    }).toThrow('EIO');
    takeCalls();

    files.store(blob);

    expect(takeCalls()).toEqual(missing);
    expect(files.read(blob.hash)).toBe(content);
  });
});
