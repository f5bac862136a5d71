import { dirname, join } from 'node:path';

import { type RunRecord, readRunRecords } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import type { RequestLogEntry } from '@jarvis/node/testing';

import type { Terms } from './scenarios/scenario.ts';
import { git, readCommits, readGitFiles, readTree } from './project.ts';

export interface Folders {
  readonly workspace: string;
  readonly stateDirectory: string;
}

/** How one process on the run came to its end. */
export interface ProcessEnd {
  /** The command itself, or a worker that may kill itself at a place. */
  readonly kind: 'command' | 'worker';
  /** Whether it was ended by SIGKILL. */
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  readonly tookMs: number;
}

/** Everything the oracles look at when a run has come to its end. */
export interface Evidence {
  /** What was set about money and rounds. */
  readonly terms: Terms;
  /** Read back from disk, proved and typed; an error instead when they do not hold. */
  readonly records: readonly RunRecord[];
  /** What the model server was asked during the cycle. */
  readonly requests: readonly RequestLogEntry[];
  /** Files in and beside the project folder, git's own left out, with the hashes of their contents. */
  readonly tree: Readonly<Record<string, string>>;
  /** Names of git's own files: index, references, locks; objects only while they are unfinished. */
  readonly gitFiles: readonly string[];
  readonly commits: readonly { readonly tree: string; readonly text: string }[];
  /** `git status --porcelain`. */
  readonly status: string;
  /** What `git fsck` complains about. */
  readonly fsck: string;
  /** What `git ls-files --stage` says of the user's own files. */
  readonly staged: string;
  /** What was wrong with the snapshots that were listed right after a kill. */
  readonly snapshotProblems: readonly string[];
  /** The places where processes were killed; a moment is none. */
  readonly killedAt: readonly string[];
  /** How many processes were killed. */
  readonly crashes: number;
  /** Every process on the run, in order. */
  readonly processes: readonly ProcessEnd[];
  /** How long all processes took, in milliseconds. */
  readonly tookMs: number;
  /** What came after the last kill; left out when nothing was killed. */
  readonly afterLastKill?: {
    readonly tookMs: number;
    /** The requests that had come before. */
    readonly askedBefore: number;
  };
}

/** What is known of a cycle without a look at its folders. */
export type Course = Pick<
  Evidence,
  | 'terms'
  | 'requests'
  | 'crashes'
  | 'processes'
  | 'tookMs'
  | 'afterLastKill'
  | 'snapshotProblems'
  | 'killedAt'
>;

/** The only run in the project's journal, if one was accepted. */
export async function findRunId({ workspace, stateDirectory }: Folders): Promise<string | undefined> {
  const { journal } = await nodeRunContext({ workspace, stateDirectory });
  try {
    const runs = await journal.listRuns();
    if (runs.length > 1) throw new Error(`there are ${String(runs.length)} runs, but only one was started`);
    return runs[0];
  } finally {
    await journal.close();
  }
}

/** Collects the evidence after the last process of a cycle has ended. */
export async function collectEvidence(folders: Folders, course: Course): Promise<Evidence> {
  const { workspace, stateDirectory } = folders;
  return {
    records: await readAllRecords(folders),
    ...course,
    tree: readTree(dirname(workspace), [stateDirectory, join(workspace, '.git')]),
    gitFiles: readGitFiles(workspace),
    commits: readCommits(workspace),
    status: git(workspace, 'status', '--porcelain', '--untracked-files=all'),
    staged: git(workspace, 'ls-files', '--stage', 'notes.txt', 'staged.txt'),
    fsck: git(workspace, 'fsck', '--strict', '--no-dangling', '--no-progress'),
  };
}

async function readAllRecords(folders: Folders): Promise<readonly RunRecord[]> {
  const runId = await findRunId(folders);
  if (runId === undefined) throw new Error('no run was accepted');
  const { journal } = await nodeRunContext(folders);
  try {
    return await readRunRecords(journal, runId);
  } finally {
    await journal.close();
  }
}
