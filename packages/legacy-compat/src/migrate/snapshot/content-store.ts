import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LegacySnapshotDamagedError, LegacySnapshotNotFoundError } from '../../errors.ts';
import { isSystemError } from '../project/system-problem.ts';
import { fromText, type Manifest, snapshotIdOf, toText } from './manifest.ts';

const BLOCK = 64 * 1024;

/** A file that was read, and what it held. */
export interface CopiedFile {
  readonly hash: string;
  readonly bytes: number;
  readonly mode: number;
}

/** Where snapshots are kept: contents by their hash, and one manifest a snapshot. */
export class ContentStore {
  readonly #folder: string;

  /** @param stateDirectory the folder that holds all state of this project's user */
  constructor(stateDirectory: string) {
    this.#folder = join(stateDirectory, 'migration');
  }

  /** Where what was written by a migration is noted down. */
  get writtenLog(): string {
    return join(this.#folder, 'written.jsonl');
  }

  /** Where what snapshots were taken for is noted down. */
  get usesLog(): string {
    return join(this.#folder, 'uses.jsonl');
  }

  /** Keeps the content of a file; a link is not followed. `undefined` when it was changed meanwhile. */
  async keep(file: string): Promise<CopiedFile | undefined> {
    const source = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const before = await source.stat();
      const { hash, bytes } = await readThrough(source, () => Promise.resolve());
      const isKept = (await this.read(hash)) !== undefined || (await this.#copy(source, hash));
      const after = await source.stat();
      const isSteady = isKept && after.mtimeMs === before.mtimeMs && after.size === bytes;
      return isSteady ? { hash, bytes, mode: after.mode & 0o7777 } : undefined;
    } finally {
      await source.close();
    }
  }

  /** Whether what was copied has the hash. */
  async #copy(source: FileHandle, hash: string): Promise<boolean> {
    const target = this.#pathOf(hash);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const draft = join(this.#folder, `draft-${randomUUID()}`);
    try {
      if ((await copy(source, draft)) !== hash) return false;
      await rename(draft, target);
      return true;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** The content of a hash, proved again; `undefined` when it is not there, cannot be read or was changed. */
  async read(hash: string): Promise<Buffer | undefined> {
    try {
      const content = await readFile(this.#pathOf(hash));
      return createHash('sha256').update(content).digest('hex') === hash ? content : undefined;
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
  }

  /** Keeps a manifest, after all its contents: half a snapshot has none, and is never listed. */
  async keepManifest(manifest: Manifest): Promise<string> {
    const snapshotId = snapshotIdOf(manifest);
    const target = this.#manifestPath(snapshotId);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const draft = `${target}.${randomUUID()}`;
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(toText(manifest));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
    return snapshotId;
  }

  /** All snapshots with the time they were taken, the latest last. */
  async list(): Promise<readonly { readonly snapshotId: string; readonly takenAt: Date }[]> {
    try {
      const names = await readdir(join(this.#folder, 'snapshots'));
      const ids = names.flatMap((name) => /^([0-9a-f]{16})\.json$/u.exec(name)?.[1] ?? []).sort();
      const taken = await Promise.all(
        ids.map(async (snapshotId) => {
          return { snapshotId, takenAt: (await stat(this.#manifestPath(snapshotId))).mtime };
        }),
      );
      return taken.sort((one, other) => one.takenAt.getTime() - other.takenAt.getTime());
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /**
   * @throws {@link LegacySnapshotNotFoundError} when there is none of that id.
   * @throws {@link LegacySnapshotDamagedError} when its list of files was changed.
   */
  async load(snapshotId: string): Promise<Manifest> {
    const known = (await this.list()).map((taken) => taken.snapshotId);
    if (!known.includes(snapshotId)) throw new LegacySnapshotNotFoundError({ snapshotId, known });
    const manifest = fromText(await readFile(this.#manifestPath(snapshotId), 'utf8'), snapshotId);
    if (manifest !== undefined) return manifest;
    throw new LegacySnapshotDamagedError({ snapshotId, problem: 'the list of its files was changed' });
  }

  #pathOf(hash: string): string {
    return join(this.#folder, 'content', hash.slice(0, 2), hash);
  }

  #manifestPath(snapshotId: string): string {
    return join(this.#folder, 'snapshots', `${snapshotId}.json`);
  }
}

/** Whether an error says that something is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Whether an error is about this one file: what lies there is no content that could be used. */
function isUnreadable(error: unknown): boolean {
  return isMissing(error) || (isSystemError(error) && ['EACCES', 'EIO', 'EISDIR'].includes(error.code ?? ''));
}

async function copy(source: FileHandle, target: string): Promise<string> {
  const sink = await open(target, 'w', 0o600);
  try {
    const { hash } = await readThrough(source, (part) => sink.writeFile(part));
    await sink.sync();
    return hash;
  } finally {
    await sink.close();
  }
}

async function readThrough(
  source: FileHandle,
  take: (part: Uint8Array) => Promise<void>,
): Promise<{ readonly hash: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK);
  for (let bytes = 0; ;) {
    const { bytesRead } = await source.read(block, 0, BLOCK, bytes);
    if (bytesRead === 0) return { hash: hash.digest('hex'), bytes };
    const part = block.subarray(0, bytesRead);
    hash.update(part);
    await take(part);
    bytes += bytesRead;
  }
}
