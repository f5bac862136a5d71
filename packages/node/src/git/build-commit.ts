import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type CommitPlan, type CrashPoint, GitUnusableError } from '@jarvis/core';

import { askHooks } from './ask-hooks.ts';
import { messageOf, signatureOf } from './commit-message.ts';
import type { Git, GitCommand } from './git-call.ts';
import type { GitFolder } from './git-folder.ts';
import { keepObjects, type ObjectPlace, receiveObjects } from './incoming-objects.ts';
import { foldersOf, parseTree, renderEntry, type TreeEntry } from './index-entries.ts';
import type { Hooks } from './run-hook.ts';

const PLAIN_FILE = '100644';
const FILE_MODES: readonly string[] = [PLAIN_FILE, '100755'];
const SUBMODULE = '160000';

export type ContentOf = (hash: string) => Promise<string>;

export interface CommitWork {
  readonly plan: CommitPlan;
  readonly contentOf: ContentOf;
  readonly crashPoint: CrashPoint;
  readonly root: string;
  /** Those of the user, for a plan that wants them run. */
  readonly hooks: Hooks;
}

/**
 * Builds the commit of a plan in the object store, without touching a branch, the user's index or any file. All of
 * it comes from the plan, so that building it again gives the same id.
 */
export async function buildCommit(git: Git, folder: GitFolder, work: CommitWork): Promise<string> {
  const { plan, crashPoint } = work;
  const parentTree = plan.parent === null ? new Map<string, TreeEntry>() : await readTree(git, plan.parent);
  const place = await receiveObjects(folder);
  const ids = await storeContents(git, { folder, place }, work);
  const entries = replaceFiles(parentTree, plan, ids);

  const variables = { ...place, GIT_INDEX_FILE: folder.commitIndex };
  const records = [...entries].map(([path, entry]) => renderEntry(path, entry));
  await git.run({ args: ['update-index', '-z', '--index-info'], input: records.join(''), variables });
  // The parent's blobs need not be here: a partial clone leaves some of them on the server.
  const tree = (await git.run({ args: ['write-tree', '--missing-ok'], variables })).trim();
  crashPoint.reach('commit.tree-written');
  const message = await writeMessage(git, folder, { ...work, tree });
  const { variables: signature, ...command } = commitTree(plan, tree, message);
  const commit = (await git.run({ ...command, variables: { ...place, ...signature } })).trim();
  await keepObjects(folder);
  return commit;
}

async function writeMessage(
  git: Git,
  folder: GitFolder,
  work: CommitWork & { tree: string },
): Promise<string> {
  if (work.plan.runsHooks !== true) return messageOf(work.plan);
  // A hook may keep something of the commit, such as a stash, so what that is made of has to stay.
  await keepObjects(folder);
  return askHooks(git, folder, work);
}

async function readTree(git: Git, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  return parseTree(await git.run({ args: ['ls-tree', '-r', '-z', '--full-tree', commit] }));
}

/** Hashes all files in one process: their contents as files, the names of those as its input. */
async function storeContents(
  git: Git,
  { folder, place }: { readonly folder: GitFolder; readonly place: ObjectPlace },
  { plan, contentOf }: Pick<CommitWork, 'plan' | 'contentOf'>,
): Promise<ReadonlyMap<string, string>> {
  const names: string[] = [];
  const paths: string[] = [];
  for (const [index, { path, hash }] of plan.files.entries()) {
    if (hash === null) continue;
    const name = join(folder.own, `blob-${String(index)}`);
    await writeFile(name, await contentOf(hash));
    names.push(`${name}\n`);
    paths.push(path);
  }
  const args = ['hash-object', '-w', '--no-filters', '--stdin-paths'] as const;
  const ids = (await git.run({ args: [...args], input: names.join(''), variables: place }))
    .trim()
    .split('\n');
  return new Map(paths.map((path, index) => [path, ids[index] ?? '']));
}

function replaceFiles(
  parentTree: ReadonlyMap<string, TreeEntry>,
  { files }: CommitPlan,
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, TreeEntry> {
  const entries = new Map(parentTree);
  for (const { path } of files.filter(({ hash }) => hash === null)) {
    refuseSubmodule(entries, path);
    entries.delete(path);
  }
  for (const { path, movedFrom = path } of files.filter(({ hash }) => hash !== null)) {
    removeFilesInTheWay(entries, path);
    const mode = (parentTree.get(path) ?? parentTree.get(movedFrom))?.mode ?? PLAIN_FILE;
    entries.set(path, { mode: FILE_MODES.includes(mode) ? mode : PLAIN_FILE, id: ids.get(path) ?? '' });
  }
  return entries;
}

/** On disk a file took the place of a folder, or a folder that of a file: the old ones cannot stay in the tree. */
function removeFilesInTheWay(entries: Map<string, TreeEntry>, path: string): void {
  refuseSubmodule(entries, path);
  for (const folder of foldersOf(path)) entries.delete(folder);
  if (entries.has(path)) return;
  for (const other of entries.keys()) {
    if (other.startsWith(`${path}/`)) entries.delete(other);
  }
}

function refuseSubmodule(entries: ReadonlyMap<string, TreeEntry>, path: string): void {
  const submodule = foldersOf(path).find((folder) => entries.get(folder)?.mode === SUBMODULE);
  if (submodule === undefined) return;
  throw new GitUnusableError({
    problem: `${path} lies in the submodule ${submodule}, which has its own commits`,
  });
}

function commitTree(plan: CommitPlan, tree: string, message: string): GitCommand {
  const parent = plan.parent === null ? [] : ['-p', plan.parent];
  return {
    args: ['commit-tree', '--no-gpg-sign', ...parent, tree],
    input: message,
    variables: signatureOf(plan),
  };
}
