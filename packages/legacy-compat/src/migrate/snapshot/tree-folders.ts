import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';

import { LegacyTreeError } from '../../errors.ts';
import { visibleText } from '../project/visible-text.ts';
import { isNowhere } from './stored-file.ts';

/**
 * The folders of a tree, each found from the root down: what lies behind a link is not of the tree. Each is known again
 * by its file id, so that another folder in its place is not taken for it.
 *
 * A system without `openat` leaves a moment between the look and the change; it is as short as one call of the system.
 */
export class TreeFolders {
  readonly #root: string;
  readonly #ids = new Map<string, string>();

  /** @param root the real path of the tree */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Whether a path and all above it are folders.
   *
   * @throws {@link LegacyTreeError} when one is not the folder that was there before.
   */
  async has(folder: string): Promise<boolean> {
    return (await this.#findGap(folder)) === undefined;
  }

  /**
   * Where something lies that is about to be changed; `undefined` when the folder for it is not there.
   *
   * @throws {@link LegacyTreeError} when it would be changed behind a link, or in another folder than before.
   */
  async placeOf(path: string): Promise<string | undefined> {
    const gap = await this.#findGap(dirname(path));
    if (gap === undefined) return join(this.#root, path);
    if (gap.isThere) throw changed(gap.path, 'is no folder of the tree any more');
    return undefined;
  }

  /** The first on the way that is no folder. */
  async #findGap(folder: string): Promise<{ readonly path: string; readonly isThere: boolean } | undefined> {
    for (const path of wayTo(folder)) {
      const found = await lstat(join(this.#root, path), { bigint: true }).catch(orNothing);
      if (found?.isDirectory() !== true) {
        this.#ids.delete(path); // what is made in its place has an id of its own
        return { path, isThere: found !== undefined };
      }
      const id = `${String(found.dev)}:${String(found.ino)}`;
      if ((this.#ids.get(path) ?? id) !== id) throw changed(path, 'is another folder than before');
      this.#ids.set(path, id);
    }
    return undefined;
  }
}

/** The root, what lies on the way to a folder, and the folder. */
function wayTo(folder: string): readonly string[] {
  const parts = folder === '.' ? [] : folder.split('/');
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

function orNothing(error: unknown): undefined {
  if (!isNowhere(error)) throw error;
}

function changed(path: string, how: string): LegacyTreeError {
  return new LegacyTreeError({
    problem: `${path === '' ? 'its own folder' : visibleText(path)} ${how}, so nothing in it was touched`,
    advice:
      'A part of the rest may be restored already. Stop what moves its folders and call it again: nothing is done twice.',
  });
}
