import { join } from 'node:path';

import { type Tree, walkTree } from '../inspect/walk-tree.ts';
import { listHistories, listSnapshots, type OldHistories, type OldSnapshot } from './old-history.ts';
import type { OldRun } from './old-run.ts';
import { readDocuments } from './read-documents.ts';
import { readStateText } from './read-state-text.ts';
import { RunCollection } from './run-collection.ts';
import { isStatePlace, type StateFile, toStateFile } from './state-file.ts';

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

/** Reads what an old tree says about its runs. Nothing in it is changed. */
export async function collectRuns(folder: string, nowMs: number): Promise<CollectedRuns> {
  const tree = await walkTree(folder, { isTolerant: true });
  const collection = new RunCollection(nowMs);
  const problems = listUnread(tree);
  for (const file of listStateFiles(tree)) {
    const read = await readStateText(join(tree.root, file.path));
    if ('problem' in read) {
      problems.push(`${file.path}: ${read.problem}; it was left out`);
      continue;
    }
    const { documents, problems: damaged } = readDocuments(file, read.text);
    problems.push(...damaged);
    for (const document of documents) problems.push(...collection.add({ file, document }));
  }
  const { histories, problems: misplaced } = listHistories(tree);
  const { runs, problems: leftOut } = collection.finish();
  const snapshots = listSnapshots(tree);
  return { root: tree.root, runs, snapshots, histories, problems: [...problems, ...leftOut, ...misplaced] };
}

/** What a round has kept belongs to the work, whatever it is called. */
const IN_HISTORY = /(?:^|\/)\.history\//u;

function listStateFiles({ entries }: Tree): readonly StateFile[] {
  return entries.flatMap(({ path, kind }) =>
    kind === 'file' && !IN_HISTORY.test(path) ? (toStateFile(path) ?? []) : [],
  );
}

/** What nobody may look at, and what is no file where state would be. */
function listUnread({ entries, unread }: Tree): string[] {
  return [
    ...unread.map(({ path, problem }) => `${path}: ${problem}; it was left out`),
    ...entries.flatMap(({ path, kind }) => {
      const isOdd = kind === 'link' || kind === 'other';
      if (!isOdd || IN_HISTORY.test(path) || !isStatePlace(path)) return [];
      const what = kind === 'link' ? 'it is a link, which is not followed' : 'it is no file';
      return [`${path}: ${what}; it was left out`];
    }),
  ];
}
