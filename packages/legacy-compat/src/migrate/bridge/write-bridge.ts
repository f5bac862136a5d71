import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { openRoot } from '../project/open-root.ts';
import { makeFoldersAbove, refuseLinks, replaceFile } from '../project/replace-file.ts';
import { systemProblem } from '../project/system-problem.ts';
import { isMissing } from '../snapshot/content-store.ts';
import { hashOf } from '../snapshot/manifest.ts';
import { recordUse } from '../snapshot/snapshot-uses.ts';
import { inTurns, takeSnapshot } from '../snapshot/take-snapshot.ts';
import { recordWritten } from '../snapshot/written-log.ts';
import { type BridgePlaces, findPlaces, type ReplacedModule } from './bridge-places.ts';
import { BRIDGE_MARK } from './bridge-mark.ts';
import { pythonCall } from './python-call.ts';
import { pythonModules } from './python-modules.ts';

/** Which tree gets the Python modules, and what they may take the place of. */
export interface BridgeOptions {
  readonly folder: string;
  readonly stateDirectory: string;
  /** The name of the package, from the folder the package `agent` lies in: `jarvis_bridge`. */
  readonly bridge: string;
  /** Whether modules of the old names also take the place of those in `agent`. */
  readonly hasAgentPackage?: boolean;
  /** Whether files of others may be overwritten. */
  readonly force?: boolean;
  /** Only tell what would be written. */
  readonly isDryRun?: boolean;
  /** Told the way back before the first file is written: who is stopped half way needs it. */
  readonly onSnapshot?: (snapshotId: string) => void;
}

/** What was written. */
export interface WrittenBridge {
  readonly root: string;
  /** The tree right before; left out when nothing was written. */
  readonly snapshotId?: string;
  readonly written: readonly string[];
  /** What was there already, as it should be. */
  readonly same: readonly string[];
  /** The old modules that are replaced, with the names that go away with them; empty without `hasAgentPackage`. */
  readonly replaced: readonly ReplacedModule[];
  /** Modules of the old names that lie elsewhere and stay; empty without `hasAgentPackage`. */
  readonly notReplaced: readonly string[];
}

interface BridgeFile {
  readonly path: string;
  readonly content: string;
  readonly before: Buffer | undefined;
}

/**
 * Writes the Python modules that call JARVIS under the old names, after a snapshot, so that going back removes them.
 *
 * @throws {@link LegacyTreeError} when a file of somebody else is in the way, or the tree cannot be read.
 */
export async function writeBridge(options: BridgeOptions): Promise<WrittenBridge> {
  const root = await openRoot(options.folder);
  const places = await findPlaces(root);
  const wanted = listFiles(options, places);
  await refuseLinks(
    root,
    wanted.map(({ path }) => path),
    ', or choose another --package',
  );
  const files = await inTurns(wanted, async ({ path, content }) => ({
    path,
    content,
    before: await readIfThere(root, path),
  }));
  const changed = files.filter(({ content, before }) => before?.equals(Buffer.from(content)) !== true);
  const same = files.filter((file) => !changed.includes(file)).map(({ path }) => path);
  const written = changed.map(({ path }) => path);
  if (options.force !== true) refuseOthers(changed, `${bridgeFolder(options, places)}/`);
  const isWritten = ({ path }: { readonly path: string }) => written.includes(path);
  const told = {
    root,
    written,
    same,
    replaced: options.hasAgentPackage === true ? places.replaced.filter(isWritten) : [],
    notReplaced: options.hasAgentPackage === true ? places.elsewhere : [],
  };
  if (changed.length === 0 || options.isDryRun === true) return told;

  const { stateDirectory } = options;
  const { snapshotId } = await takeSnapshot({ folder: root, stateDirectory });
  await inTurns(changed, (file) => requireUnchanged(root, file, 'Nothing was changed. Call it again.'));
  await recordWritten(
    stateDirectory,
    changed.map(({ path, content, before }) => {
      return { root, path, before: before === undefined ? null : hashOf(before), after: hashOf(content) };
    }),
  );
  await recordUse(stateDirectory, { snapshotId, by: 'python', files: changed.length });
  options.onSnapshot?.(snapshotId);
  for (const file of changed) await writeFile(root, file, snapshotId);
  return { ...told, snapshotId };
}

function bridgeFolder({ bridge }: BridgeOptions, { root }: BridgePlaces): string {
  return root + bridge.replaceAll('.', '/');
}

function listFiles(options: BridgeOptions, places: BridgePlaces): readonly Omit<BridgeFile, 'before'>[] {
  const { hasAgentPackage = false } = options;
  const folder = bridgeFolder(options, places);
  const modules = Object.entries(pythonModules);
  return [
    { path: `${folder}/__init__.py`, content: `"""The old modules of JARVIS. ${BRIDGE_MARK}"""\n` },
    { path: `${folder}/_call.py`, content: pythonCall },
    ...modules.map(([name, { source }]) => ({ path: `${folder}/${name}.py`, content: source })),
    ...(hasAgentPackage
      ? modules.map(([name, { names }]) => ({
          path: `${places.agent}/${name}.py`,
          content: renderAgent(options, { name, names, above: places.above }),
        }))
      : []),
  ];
}

interface AgentModule {
  readonly name: string;
  readonly names: readonly string[];
  readonly above: number;
}

/** A module at the old place that hands everything on. */
function renderAgent({ bridge }: BridgeOptions, { name: module, names, above }: AgentModule): string {
  const project = Array.from({ length: above }).reduce(
    (path: string) => `os.path.dirname(${path})`,
    'os.path.dirname(os.path.abspath(__file__))',
  );
  return `"""Hands on to ${bridge}.${module}. ${BRIDGE_MARK}"""

import os
import sys

_PROJECT = ${project}
if _PROJECT not in sys.path:
    sys.path.append(_PROJECT)

from ${bridge}.${module} import ${names.join(', ')}  # noqa: E402,F401
${names.includes('main') ? '\nif __name__ == "__main__":\n    main()\n' : ''}`;
}

/** A file is ours by its mark; the old modules may be replaced when that was asked for, since a snapshot has them. */
function refuseOthers(changed: readonly BridgeFile[], folder: string): void {
  const other = changed.find(
    ({ path, before }) => path.startsWith(folder) && before !== undefined && !isOurs(before),
  );
  if (other === undefined) return;
  throw new LegacyTreeError({
    problem: `${other.path} is there already and was not written by this command`,
    advice: 'Nothing was changed. Choose another --package, or overwrite it with --force.',
  });
}

/** The mark stands in the first line; somebody else's file may speak of it further down. */
function isOurs(content: Buffer): boolean {
  const [firstLine = ''] = content.toString('latin1').split('\n', 1);
  return firstLine.includes(BRIDGE_MARK);
}

/** As bytes: an old module may be in any encoding. */
async function readIfThere(root: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(root, path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new LegacyTreeError({
      problem: `${path}: ${systemProblem(error)}`,
      advice: 'Nothing was changed. Put right what is named and call it again.',
      cause: error,
    });
  }
}

/** A snapshot takes its time, and whoever edits a file meanwhile has it neither in the snapshot nor in what is written. */
async function requireUnchanged(root: string, { path, before }: BridgeFile, advice: string): Promise<void> {
  const isSame = await refuseLinks(root, [path], '').then(
    async () => (await readIfThere(root, path))?.equals(before ?? Buffer.alloc(0)) ?? before === undefined,
    () => false, // a link now, or no file
  );
  if (!isSame) throw new LegacyTreeError({ problem: `${path} was changed meanwhile`, advice });
}

async function writeFile(root: string, file: BridgeFile, snapshotId: string): Promise<void> {
  const { path, content } = file;
  const place = join(root, path);
  const advice = `Files before it were written. Put right what is named and call it again, or go back: jarvis migrate rollback ${snapshotId}`;
  await requireUnchanged(root, file, advice);
  try {
    await makeFoldersAbove(place);
    await replaceFile(place, content);
  } catch (error) {
    throw new LegacyTreeError({
      problem: `${path} could not be written: ${systemProblem(error)}`,
      advice,
      cause: error,
    });
  }
}
