import type { Tree, TreeEntry } from '../inspect/walk-tree.ts';

/** A folder under `.history`: the files of one round. */
export interface OldSnapshot {
  readonly path: string;
  readonly files: readonly string[];
}

/** Something that lies in the folder of a round. */
export interface HistoryFile extends Pick<TreeEntry, 'kind' | 'bytes'> {
  /** From the folder of the round on. */
  readonly name: string;
}

/** The kept files of one round, as they lie in an old tree. */
export interface OldIteration {
  readonly number: number;
  readonly path: string;
  readonly files: readonly HistoryFile[];
}

/** What `.history` of one project folder holds. */
export interface OldHistory {
  /** The project folder from the root of the tree, empty for the root itself. */
  readonly project: string;
  /** In the order of their numbers. */
  readonly iterations: readonly OldIteration[];
}

/** What an old tree keeps of its rounds. */
export interface OldHistories {
  readonly histories: readonly OldHistory[];
  /** What stands where the folder of a round would, and is none. */
  readonly problems: readonly string[];
}

/** The first `.history` of a path: one inside another is a file of a round like any other. */
const IN_HISTORY = /^(?<prefix>(?:.*?\/)?)\.history\/(?<folder>[^/]+)(?:\/(?<name>.+))?$/u;
const HISTORY = /(?:^|\/)\.history$/u;
const ITERATION = /^iteration_([1-9]\d{0,5})$/u;

/** Everything there is under `.history`, whatever it is called. */
export function listSnapshots({ entries }: Tree): readonly OldSnapshot[] {
  const found = new Map<string, string[]>();
  for (const { path, kind } of entries) {
    const { prefix, folder, name } = IN_HISTORY.exec(path)?.groups ?? {};
    if (kind !== 'file' || prefix === undefined || folder === undefined || name === undefined) continue;
    push(found, `${prefix}.history/${folder}`, name);
  }
  return [...found].map(([path, files]) => ({ path, files }));
}

interface Found {
  readonly files: Map<string, HistoryFile[]>;
  /** The folders of rounds, by the project folder they lie in. */
  readonly rounds: Map<string, string[]>;
  readonly problems: string[];
}

/** The histories of a tree. */
export function listHistories({ entries }: Tree): OldHistories {
  const found: Found = { files: new Map(), rounds: new Map(), problems: [] };
  for (const entry of entries) {
    const { prefix, folder, name } = IN_HISTORY.exec(entry.path)?.groups ?? {};
    if (prefix === undefined || folder === undefined) addOutside(found, entry);
    else if (name === undefined) addRound(found, entry, { prefix, folder });
    else addFile(found, entry, { round: `${prefix}.history/${folder}`, name });
  }
  const histories = [...found.rounds].map(([project, paths]) => ({
    project,
    iterations: paths
      .map((path) => ({ number: toNumber(path), path, files: found.files.get(path) ?? [] }))
      .sort((one, other) => one.number - other.number),
  }));
  return { histories, problems: found.problems };
}

function addOutside({ problems }: Found, { path, kind }: TreeEntry): void {
  if (HISTORY.test(path) && kind !== 'folder') problems.push(`${path}: it is no folder; it was left out`);
}

function addRound(
  { rounds, problems }: Found,
  { path, kind }: TreeEntry,
  { prefix, folder }: { readonly prefix: string; readonly folder: string },
): void {
  if (kind === 'folder' && ITERATION.test(folder)) push(rounds, prefix.replace(/\/$/u, ''), path);
  else problems.push(`${path}: it is no folder of a round; it was left out`);
}

function addFile(
  { files }: Found,
  { kind, bytes }: TreeEntry,
  { round, name }: { readonly round: string; readonly name: string },
): void {
  if (kind !== 'folder') push(files, round, { kind, bytes, name });
}

function toNumber(path: string): number {
  return Number(ITERATION.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? 0);
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
