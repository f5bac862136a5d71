import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LegacySnapshotDamagedError, LegacySnapshotNotFoundError } from '../../errors.ts';
import { fromText, hashOf, type Manifest, snapshotIdOf, toText } from './manifest.ts';
import { inStore, isMissing, readStored } from './stored-file.ts';

export { isMissing } from './stored-file.ts';

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

  /**
   * Keeps the content of a file; a link is not followed. `undefined` when it was changed meanwhile.
   *
   * @throws {@link LegacySnapshotStoreError} when there is no room for it; what is wrong with the file itself is thrown as
   * the system says it.
   */
  async keep(file: string): Promise<CopiedFile | undefined> {
    const source = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const before = await source.stat();
      if (!before.isFile()) return undefined;
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
    await inStore(target, () => mkdir(dirname(target), { recursive: true, mode: 0o700 }));
    const draft = join(this.#folder, `draft-${randomUUID()}`);
    try {
      if ((await copy(source, draft)) !== hash) return false;
      await inStore(target, () => rename(draft, target));
      return true;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** The content of a hash, proved again; `undefined` when it is not there, cannot be read or was changed. */
  async read(hash: string): Promise<Uint8Array | undefined> {
    const file = this.#pathOf(hash);
    const content = await inStore(file, () => readStored(file));
    return typeof content === 'string' || hashOf(content) !== hash ? undefined : content;
  }

  /**
   * Keeps a manifest, after all its contents: half a snapshot has none, and is never listed.
   *
   * @throws {@link LegacySnapshotStoreError} when there is no room for it.
   */
  async keepManifest(manifest: Manifest): Promise<string> {
    const snapshotId = snapshotIdOf(manifest);
    const target = this.#manifestPath(snapshotId);
    const draft = `${target}.${randomUUID()}`;
    await inStore(target, async () => {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      try {
        await writeNew(draft, toText(manifest));
        await rename(draft, target);
      } finally {
        await rm(draft, { force: true });
      }
    });
    return snapshotId;
  }

  /**
   * All snapshots with the time they were taken, the latest last; also those whose list of files is of no use.
   *
   * @throws {@link LegacySnapshotStoreError} when the folder they lie in cannot be read.
   */
  async list(): Promise<readonly { readonly snapshotId: string; readonly takenAt: Date }[]> {
    const names = await listNames(join(this.#folder, 'snapshots'));
    const ids = names.flatMap((name) => /^([0-9a-f]{16})\.json$/u.exec(name)?.[1] ?? []).sort();
    const taken = await Promise.all(
      ids.map(async (snapshotId) => {
        const file = this.#manifestPath(snapshotId);
        return { snapshotId, takenAt: (await inStore(file, () => lstat(file))).mtime };
      }),
    );
    return taken.sort((one, other) => one.takenAt.getTime() - other.takenAt.getTime());
  }

  /**
   * @throws {@link LegacySnapshotNotFoundError} when there is none of that id.
   * @throws {@link LegacySnapshotDamagedError} when its list of files cannot be read or was changed.
   */
  async load(snapshotId: string): Promise<Manifest> {
    const known = (await this.list()).map((taken) => taken.snapshotId);
    if (!known.includes(snapshotId)) throw new LegacySnapshotNotFoundError({ snapshotId, known });
    const file = this.#manifestPath(snapshotId);
    const stored = await inStore(file, () => readStored(file));
    const text = typeof stored === 'string' ? undefined : new TextDecoder().decode(stored);
    const manifest = text === undefined ? undefined : fromText(text, snapshotId);
    if (manifest !== undefined) return manifest;
    const problem = `the list of its files ${text === undefined ? 'is no file that can be read' : 'was changed'}`;
    throw new LegacySnapshotDamagedError({ snapshotId, problem });
  }

  #pathOf(hash: string): string {
    return join(this.#folder, 'content', hash.slice(0, 2), hash);
  }

  #manifestPath(snapshotId: string): string {
    return join(this.#folder, 'snapshots', `${snapshotId}.json`);
  }
}

/** What lies in a folder; nothing when it was not made yet. */
async function listNames(folder: string): Promise<readonly string[]> {
  return inStore(folder, async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (isMissing(error) && !(await leadsNowhere(folder))) return [];
      throw error;
    }
  });
}

/** Whether a folder, or the one it lies in, is a link to something that is gone: it was there once. */
async function leadsNowhere(folder: string): Promise<boolean> {
  const found = await Promise.all(
    [folder, dirname(folder)].map((place) => lstat(place).catch(() => undefined)), // not there at all
  );
  return found.some((place) => place?.isSymbolicLink() === true);
}

async function copy(source: FileHandle, target: string): Promise<string> {
  const sink = await inStore(target, () => open(target, 'wx', 0o600));
  try {
    const { hash } = await readThrough(source, (part) => inStore(target, () => sink.writeFile(part)));
    await inStore(target, () => sink.sync());
    return hash;
  } finally {
    await sink.close();
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
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
