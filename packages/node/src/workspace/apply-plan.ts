import { dirname } from 'node:path';

import {
  type CrashPoint,
  PathEscapeError,
  type PlannedWrite,
  WorkspaceConflictError,
  type WritePlan,
} from '@jarvis/core';

import { flushFolder, removeLeftovers, writeAtomically } from './atomic-write.ts';
import { diskErrorCode, type Disk } from './disk.ts';
import { findPlace, hashPlace, type Place } from './real-path.ts';
import { toWorkspaceError } from './to-workspace-error.ts';

export interface ApplyContext {
  readonly disk: Disk;
  readonly root: string;
  readonly crashPoint: CrashPoint;
}

type ContentOf = (hash: string) => Promise<string>;

interface Target {
  readonly write: PlannedWrite;
  readonly place: Exclude<Place, { type: 'refused' }>;
}

/** Carries a plan out: everything is looked at before anything is written, and finished files stay untouched. */
export async function applyPlan(plan: WritePlan, contentOf: ContentOf, context: ApplyContext): Promise<void> {
  refuseNesting(plan);
  const targets = await findTargets(plan, context);
  const folders = new Set(targets.map(({ place }) => dirname(place.absolute)));
  for (const folder of folders) {
    await inCode({ path: folder, bytes: 0 }, () => removeLeftovers(context.disk, folder));
  }

  const unfinished = await findUnfinished(targets, context.disk);
  const contents = await loadContents(unfinished, contentOf);
  const modes = new Map(targets.flatMap(({ write, place }) => modeOf(write.path, place)));
  const [writes, deletions] = [unfinished.filter(isWritten), unfinished.filter((each) => !isWritten(each))];
  for (const target of writes)
    await inCode(target.write, () => writeTarget(target, { contents, modes }, context));
  // What is new stands by now: a file that moves was never in no place at all.
  for (const target of deletions) await inCode(target.write, () => deleteTarget(target, context));
  // Also after those that were deleted before a crash.
  for (const target of targets.filter((each) => !isWritten(each))) {
    await inCode(target.write, () => removeEmptyFolders(target, context));
  }
}

function modeOf(path: string, place: Target['place']): readonly (readonly [string, number])[] {
  return place.type === 'file' ? [[path, place.mode]] : [];
}

function isWritten({ write }: Target): boolean {
  return write.after !== null;
}

/** A file cannot also be the folder of another one; seen in time, or the answer would be written by half. */
function refuseNesting({ writes }: WritePlan): void {
  const paths = new Set(writes.map(({ path }) => path));
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.' && folder !== '/'; folder = dirname(folder)) {
      if (paths.has(folder)) {
        throw new PathEscapeError({ path, problem: `${folder} is written as a file by the same answer` });
      }
    }
  }
}

async function findTargets({ writes }: WritePlan, { disk, root }: ApplyContext): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const write of writes) {
    const place = await inCode(write, () => findPlace(disk, root, write));
    if (place.type === 'refused') throw new PathEscapeError({ path: write.path, problem: place.problem });
    targets.push({ write, place });
  }
  return targets;
}

async function findUnfinished(targets: readonly Target[], disk: Disk): Promise<readonly Target[]> {
  const unfinished: Target[] = [];
  const changed: string[] = [];
  for (const target of targets) {
    const { write, place } = target;
    const hash = await inCode(write, () => hashOrNull(disk, place));
    if (hash === write.after) continue;
    if (hash === write.before) unfinished.push(target);
    else changed.push(write.path);
  }
  if (changed.length > 0) throw new WorkspaceConflictError({ paths: changed });
  return unfinished;
}

async function hashOrNull(disk: Disk, place: Target['place']): Promise<string | null> {
  return place.type === 'file' ? ((await hashPlace(disk, place.absolute)) ?? null) : null;
}

/** All of them before the first is written: a content that cannot be had leaves the folder as it was. */
async function loadContents(
  targets: readonly Target[],
  contentOf: ContentOf,
): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const { write } of targets) {
    if (write.after !== null) contents.set(write.path, await contentOf(write.after));
  }
  return contents;
}

interface Sources {
  readonly contents: ReadonlyMap<string, string>;
  /** The permissions of the files there were when the plan was begun. */
  readonly modes: ReadonlyMap<string, number>;
}

async function writeTarget(
  target: Target,
  { contents, modes }: Sources,
  context: ApplyContext,
): Promise<void> {
  const { write, place } = target;
  const { disk, crashPoint } = context;
  const folder = dirname(place.absolute);
  const firstNew = await disk.mkdir(folder, { recursive: true });
  const content = contents.get(write.path) ?? '';
  const mode = modes.get(write.path) ?? modes.get(write.movedFrom ?? write.path) ?? write.mode;
  const file = { absolute: place.absolute, content, ...(mode !== undefined && { mode }) };
  await writeAtomically(disk, file, async () => {
    crashPoint.reach('apply.temp-written');
    await proveSame(target, context);
  });
  crashPoint.reach('apply.file-written');
  await flushUpTo(disk, folder, dirname(firstNew ?? place.absolute));
}

async function deleteTarget(target: Target, context: ApplyContext): Promise<void> {
  const { absolute } = target.place;
  await proveSame(target, context);
  await context.disk.rm(absolute, { force: true });
  context.crashPoint.reach('apply.file-written');
  await flushFolder(context.disk, dirname(absolute));
}

/** The hashes of all files were compared a while ago; a write since then shows in what identifies the file. */
async function proveSame({ write, place }: Target, { disk, root }: ApplyContext): Promise<void> {
  const now = await findPlace(disk, root, write);
  if (now.type === 'refused') throw new PathEscapeError({ path: write.path, problem: now.problem });
  if (identityOf(now) !== identityOf(place)) throw new WorkspaceConflictError({ paths: [write.path] });
}

/** Folders that lost their last file go with it: git does not know empty ones either. */
async function removeEmptyFolders({ place }: Target, { disk, root }: ApplyContext): Promise<void> {
  for (let folder = dirname(place.absolute); folder !== root; folder = dirname(folder)) {
    try {
      await disk.rmdir(folder);
    } catch (error) {
      // It is not empty, not there, or not ours to remove; one that stays does no harm.
      if (diskErrorCode(error) !== '') return;
      throw error;
    }
  }
}

function identityOf(place: Target['place']): string {
  return place.type === 'file' ? place.identity : 'absent';
}

/** A new folder lasts once the folder it stands in is flushed as well. */
async function flushUpTo(disk: Disk, folder: string, last: string): Promise<void> {
  await flushFolder(disk, folder);
  if (folder !== last) await flushUpTo(disk, dirname(folder), last);
}

async function inCode<Value>(
  { path, bytes }: { path: string; bytes: number },
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw toWorkspaceError(error, { path, bytes });
  }
}
