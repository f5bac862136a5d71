import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Tree, walkTree } from '../inspect/walk-tree.ts';
import { addDocument } from './add-document.ts';
import { addNotes } from './add-notes.ts';
import { findLoggedRun, isUnnamedEnd } from './find-logged-run.ts';
import { restoreRoadmap } from './lost-roadmap.ts';
import { listHistories, listSnapshots, type OldHistories, type OldSnapshot } from './old-history.ts';
import { emptyRun, type OldRun } from './old-run.ts';
import { readDocuments } from './read-documents.ts';
import { type StateFile, toStateFile } from './state-file.ts';

/** What an old tree holds about its runs. */
export interface CollectedRuns {
  /** The real path of the tree. */
  readonly root: string;
  readonly runs: readonly OldRun[];
  readonly snapshots: readonly OldSnapshot[];
  readonly histories: OldHistories['histories'];
  /** What could not be read, with the file it is about. */
  readonly problems: readonly string[];
}

/** The shape of checkpoints that is understood. */
const CHECKPOINT_MAJOR = '1';

/** Reads what an old tree says about its runs. Nothing in it is changed. */
export async function collectRuns(folder: string, nowMs: number): Promise<CollectedRuns> {
  const tree = await walkTree(folder);
  const runs = new Map<string, OldRun>();
  const problems: string[] = [];
  const unnamed: Told[] = [];
  const { histories, problems: misplaced } = listHistories(tree);
  for (const file of listStateFiles(tree)) {
    const text = await readText(join(tree.root, file.path));
    if (text === undefined) {
      problems.push(`${file.path}: it cannot be read; it was left out`);
      continue;
    }
    const read = readDocuments(file, text);
    problems.push(...read.problems);
    for (const document of read.documents) {
      if (isUnnamedEnd(file, document)) unnamed.push({ file, document });
      else problems.push(...collect(runs, { file, document }, nowMs));
    }
  }
  // When all the others are known.
  for (const told of unnamed) addUnnamed(runs, told, nowMs);
  return {
    root: tree.root,
    runs: [...runs.values()].map(restoreRoadmap),
    snapshots: listSnapshots(tree),
    histories,
    problems: [...problems, ...misplaced],
  };
}

interface Told {
  readonly file: StateFile;
  readonly document: Readonly<Record<string, unknown>>;
}

/** Adds a document to its run, or tells why not. */
function collect(runs: Map<string, OldRun>, told: Told, nowMs: number): readonly string[] {
  const { file, document } = told;
  const version = document['checkpoint_version'];
  if (file.kind === 'checkpoint' && version !== undefined && !isKnownCheckpoint(version)) {
    return [`${file.path}: its version ${JSON.stringify(version)} is not known; it was left out`];
  }
  const named = document['run_id'];
  const isNamed = typeof named === 'string' && named !== '';
  add(runs, told, { oldId: file.runId ?? (isNamed ? named : `unnamed ${file.path}`), nowMs });
  return [];
}

function addUnnamed(runs: Map<string, OldRun>, told: Told, nowMs: number): void {
  const { file, document } = told;
  const known = findLoggedRun(runs.values(), file, document)?.oldId;
  const place = [...runs.keys()].filter((id) => id.startsWith(`unnamed ${file.path}`)).length;
  const own = `unnamed ${file.path}${place === 0 ? '' : ` ${String(place + 1)}`}`;
  add(runs, told, { oldId: known ?? own, nowMs });
}

function add(
  runs: Map<string, OldRun>,
  { file, document }: Told,
  { oldId, nowMs }: { readonly oldId: string; readonly nowMs: number },
): void {
  const before = runs.get(oldId) ?? emptyRun(oldId);
  const after = addDocument(before, file.kind, { document, nowMs });
  const sourced = { ...after, sources: [...new Set([...after.sources, file.path])] };
  runs.set(oldId, addNotes(sourced, namesOtherMachine(document) ? [OTHER_MACHINE] : []));
}

function isKnownCheckpoint(version: unknown): boolean {
  return JSON.stringify(version).replaceAll('"', '').split('.', 1)[0] === CHECKPOINT_MAJOR;
}

const OTHER_MACHINE = 'it names paths of another machine; nothing was looked for there';

function namesOtherMachine(document: Told['document']): boolean {
  return /"[A-Za-z]:(?:\\\\|\/)/u.test(JSON.stringify(document));
}

/** What a round has kept belongs to the work, whatever it is called. */
const IN_HISTORY = /(?:^|\/)\.history\//u;

function listStateFiles({ entries }: Tree): readonly StateFile[] {
  return entries.flatMap(({ path, kind }) =>
    kind === 'file' && !IN_HISTORY.test(path) ? (toStateFile(path) ?? []) : [],
  );
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined; // named by the caller
    throw error;
  }
}
