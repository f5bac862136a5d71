import { join } from 'node:path';

import { isOldModule } from '../inspect/old-modules.ts';
import { isSourcePath } from '../inspect/inspect-tree.ts';
import { readSource } from '../inspect/read-source.ts';
import type { Manifest } from './manifest.ts';
import { isSame, lookAt } from './plan-rollback.ts';
import { inTurns } from './take-snapshot.ts';

/** One thing that was looked at after a rollback. */
export interface SmokeCheck {
  readonly name: string;
  readonly isOk: boolean;
  /** What is not as it should be. */
  readonly paths: readonly string[];
}

const NEW_WORLD = /jarvis_bridge|@jarvis\/legacy-compat/u;

/** Looks at a tree that was rolled back. Nothing of it is run. */
export async function smokeTest(manifest: Manifest, kept: readonly string[]): Promise<readonly SmokeCheck[]> {
  const looked = await inTurns(manifest.entries, async (entry) => {
    const found = await lookAt(join(manifest.root, entry.path));
    return { path: entry.path, isOk: found !== undefined && isSame(entry, found) };
  });
  const wrong = looked.filter(({ isOk }) => !isOk).map(({ path }) => path);
  const added = await inTurns(kept.filter(isSourcePath), async (path) => {
    const source = await readSource(join(manifest.root, path), path);
    return !('problem' in source) && NEW_WORLD.test(source.text) ? [path] : [];
  });
  return [
    check('every file, folder and link is what the snapshot holds', wrong),
    check('the old orchestrators are back', wrong.filter(isOrchestrator)),
    check('no file that was added since needs what the migration had put there', added.flat()),
  ];
}

function check(name: string, paths: readonly string[]): SmokeCheck {
  return { name, isOk: paths.length === 0, paths };
}

function isOrchestrator(path: string): boolean {
  return path.endsWith('.py') && isOldModule(path.split('/').at(-1)?.slice(0, -'.py'.length));
}
