import { mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { type ConfigInput, mergeConfig } from '@jarvis/core';
import { type NodeRunContext, nodeRunContext, readEnvironment } from '@jarvis/node';

/** Nothing stops a long run for want of money or stages; the repository, which has tools of its own, stays out. */
const FLAGS: ConfigInput = {
  costs: { capUsd: 1_000 },
  git: { commit: 'off' },
  loop: { maxStages: 1_000 },
};

/** The configuration of a world in memory, the same in all that matters here. */
export const BENCH_CONFIG = mergeConfig([{ origin: 'bench', level: 'user', config: FLAGS }]).config;

/** A context made of the real parts, in a folder of its own, and a look at its journal's size. */
export interface BenchContext {
  readonly context: NodeRunContext;
  /** Everything that is committed, the log included, in bytes. */
  readonly databaseBytes: () => number;
}

/** A context whose project and state are in the folder; nothing of whoever measures reaches it. */
export async function openBenchContext(folder: string): Promise<BenchContext> {
  const workspace = join(folder, 'project');
  const stateDirectory = join(folder, 'state');
  mkdirSync(workspace, { recursive: true });
  const context = await nodeRunContext({
    workspace,
    stateDirectory,
    environment: readEnvironment({ PATH: process.env['PATH'], HOME: folder }),
    flags: FLAGS,
  });
  return { context, databaseBytes: () => readDatabaseBytes(stateDirectory) };
}

/** Does something with a folder that is removed afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readDatabaseBytes(stateDirectory: string): number {
  const projects = join(stateDirectory, 'projects');
  const [project = ''] = readdirSync(projects);
  const database = new DatabaseSync(join(projects, project, 'journal.db'), { readOnly: true });
  try {
    const row = database
      .prepare('select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()')
      .get();
    return Number(row?.['bytes']);
  } finally {
    database.close();
  }
}
