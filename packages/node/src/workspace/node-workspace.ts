import { relative } from 'node:path';

import { type CrashPoint, noCrashPoint, type Workspace } from '@jarvis/core';

import { applyPlan } from './apply-plan.ts';
import { showConflicts } from './describe-conflict.ts';
import { type Disk, realDisk } from './disk.ts';
import { keepStateApart } from './keep-state-apart.ts';
import { followLinks, proveFolder, realOrSame } from './prove-folder.ts';
import { readTextFiles } from './read-files.ts';
import { findPlace, hashPlace } from './real-path.ts';
import { toWorkspaceError } from './to-workspace-error.ts';

/** Which folder to work in, and what may not be taken for a project. */
export interface NodeWorkspaceOptions {
  /** The project folder; links on the way to it are followed once, here. */
  readonly root: string;
  readonly crashPoint?: CrashPoint;
  /** Where JARVIS keeps its journal; a project may not lie in it, and where it lies in the project it is kept apart. */
  readonly stateDirectory?: string;
  /** The user's home folder, which is never a project. */
  readonly home: string;
  /** The calls to the operating system, for a test that lets them fail. */
  readonly disk?: Disk;
}

/**
 * Opens a folder of this machine as the workspace of a run. Whether it can be worked in says `prove`.
 *
 * @throws {@link WorkspaceUnusableError} when the folder does not exist.
 */
export async function openNodeWorkspace(options: NodeWorkspaceOptions): Promise<Workspace> {
  const { crashPoint = noCrashPoint, home, stateDirectory, disk = realDisk } = options;
  const root = await followLinks(disk, options.root);
  const facts = { root, home, ...(stateDirectory !== undefined && { stateDirectory }) };

  const workspace: Workspace = {
    root,
    prove: () => proveFolder(disk, facts),
    readFiles: () => inCode(root, () => readTextFiles(disk, root)),
    hashFiles: (paths) => inCode(root, () => hashFiles(disk, root, paths)),
    readModes: (paths) => inCode(root, () => readModes(disk, root, paths)),
    apply: (plan, contentOf) => {
      const apply = () => applyPlan(plan, contentOf, { disk, root, crashPoint });
      return showConflicts(apply, plan, { disk, root, contentOf });
    },
  };
  if (stateDirectory === undefined) return workspace;
  return keepStateApart(workspace, relative(root, await realOrSame(disk, stateDirectory)));
}

async function hashFiles(
  disk: Disk,
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (const path of paths) {
    const place = await findPlace(disk, root, { path, isAllowed: true });
    const hash = place.type === 'file' ? await hashPlace(disk, place.absolute) : undefined;
    if (hash !== undefined) hashes.set(path, hash);
  }
  return hashes;
}

async function readModes(
  disk: Disk,
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const modes = new Map<string, number>();
  for (const path of paths) {
    const place = await findPlace(disk, root, { path, isAllowed: true });
    if (place.type === 'file') modes.set(path, place.mode);
  }
  return modes;
}

async function inCode<Value>(root: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw toWorkspaceError(error, { path: root, bytes: 0 });
  }
}
