import { join } from 'node:path';
import type { Dirent } from 'node:fs';

import { refusePath, sha256, type WorkspaceFile } from '@jarvis/core';

import { isLeftover } from './atomic-write.ts';
import { diskErrorCode, type Disk } from './disk.ts';
import { readPlace } from './real-path.ts';

const MAX_FILE_BYTES = 1024 * 1024;
const READ_AT_ONCE = 32;
const UNREADABLE: readonly string[] = ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'ELOOP'];

// The byte order mark is kept: without it the content would not have the hash of the file.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface ReadLimits {
  readonly files: number;
  readonly bytes: number;
}

const limitsOfReading: ReadLimits = { files: 10_000, bytes: 256 * 1024 * 1024 };

/**
 * The text files under a folder, by path in code-point order: at most 10,000 of them, each at most 1 MB, together
 * at most 256 MB; what comes after is left out. So are links, files for secrets, and names no model may write:
 * some of them a terminal or a prompt would mistake for something else.
 */
export async function readTextFiles(
  disk: Disk,
  root: string,
  limits: ReadLimits = limitsOfReading,
): Promise<readonly WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  let room = limits.bytes;
  for await (const paths of batch(walk(disk, root, ''))) {
    const read = await Promise.all(paths.map((path) => readTextFile(disk, root, path)));
    for (const file of read.filter((candidate) => candidate !== undefined)) {
      room -= Buffer.byteLength(file.content);
      if (files.length === limits.files || room < 0) return files;
      files.push(file);
    }
  }
  return files;
}

async function readTextFile(disk: Disk, root: string, path: string): Promise<WorkspaceFile | undefined> {
  const bytes = await unlessUnreadable(() => readPlace(disk, join(root, path), MAX_FILE_BYTES));
  const content = bytes === undefined ? undefined : decode(bytes);
  return bytes === undefined || content === undefined ? undefined : { path, content, hash: sha256(bytes) };
}

async function* batch(paths: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let waiting: string[] = [];
  for await (const path of paths) {
    waiting.push(path);
    if (waiting.length < READ_AT_ONCE) continue;
    yield waiting;
    waiting = [];
  }
  yield waiting;
}

async function* walk(disk: Disk, root: string, folder: string): AsyncGenerator<string> {
  const entries = await unlessUnreadable(() => disk.readdir(join(root, folder), { withFileTypes: true }));
  for (const entry of sortByPath(entries ?? [])) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && isWalked(entry.name)) yield* walk(disk, root, path);
    if (entry.isFile() && isShown(path, entry.name)) yield path;
  }
}

function isWalked(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

function isShown(path: string, name: string): boolean {
  const refusal = refusePath(path);
  return (refusal === undefined || refusal === 'config') && !isLeftover(name);
}

/** With a slash behind the folders, the order of the names is the order of the paths below them. */
function sortByPath(entries: readonly Dirent[]): readonly Dirent[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.isDirectory() ? `${entry.name}/` : entry.name) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    // Bytes that are not UTF-8 are not text: the file is left out.
    return undefined;
  }
}

/** What this user may not read, or what went away meanwhile, is left out like a binary file. */
async function unlessUnreadable<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (UNREADABLE.includes(diskErrorCode(error))) return undefined;
    throw error;
  }
}
