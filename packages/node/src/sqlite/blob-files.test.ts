import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { BlobFiles } from './blob-files.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jarvis-blobs-'));
  return () => {
    rmSync(directory, { recursive: true });
  };
});

const content = 'x'.repeat(300_000);
const blob = { hash: sha256(content), content };

describe('BlobFiles', () => {
  it('replaces what was damaged on disk, also where the size is right', () => {
    new BlobFiles(directory).store(blob);
    const path = join(directory, 'blobs', blob.hash);
    writeFileSync(path, `y${content.slice(1)}`);

    new BlobFiles(directory).store(blob);

    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(new BlobFiles(directory).read(blob.hash)).toBe(content);
  });

  it('tells what was changed when nobody has the right content in hand', () => {
    new BlobFiles(directory).store(blob);
    writeFileSync(join(directory, 'blobs', blob.hash), 'else');

    expect(() => new BlobFiles(directory).read(blob.hash)).toThrow(blob.hash);
  });
});
