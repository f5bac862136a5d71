import { type Clock, type Journal, type Lease, LeaseHeldError, sha256 } from '@jarvis/core';
import { readRunRecords, type RunRecord } from '@jarvis/loops';
import { z } from 'zod';

import type { OldRun } from './old-run.ts';
import { IN_FUTURE } from './read-moment.ts';
import { IMPORT_STEP, toRecords } from './to-records.ts';
import { planRecords, readBack, writeRecords } from './write-records.ts';

/** What became of importing a run, and why it came to no run where it did not. */
export interface ImportOutcome {
  /**
   * - `changed`: it was imported before, and the old files say something else since; the import stays as it is.
   * - `refused`: no run that could be read again can be made of it; nothing was written.
   * - `unreadable`: it was imported before in a way nobody can read; it was passed over.
   * - `busy`: another process works on it; it was passed over.
   */
  readonly outcome: 'found' | 'imported' | 'known' | 'changed' | 'refused' | 'unreadable' | 'busy';
  readonly because?: string;
}

/** A run, and what became of importing it. */
export interface ImportedRun extends Pick<ImportOutcome, 'outcome'> {
  readonly runId: string;
  readonly oldId: string;
  readonly sources: readonly string[];
  readonly notes: readonly string[];
}

/** The same for the same run of the same tree, so that it is imported once. */
export function toRunId(root: string, oldId: string): string {
  const name = oldId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
    .slice(0, 40);
  return `legacy-${sha256(`${root}\n${oldId}`).slice(0, 8)}${name === '' ? '' : `-${name.replace(/-$/u, '')}`}`;
}

/** The run an old one becomes, and the tree it is from. */
export interface ImportTarget {
  readonly runId: string;
  readonly root: string;
  /** Only tell what would come of it. Default: no. */
  readonly isDryRun?: boolean;
}

const PROMPTS = '[]';
const PRICES = '{"asOf":"imported","models":{}}';

/** Makes a run of what the old files say, unless it was made before or could not be read again. */
export async function importRun(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  run: OldRun,
  { runId, root, isDryRun = false }: ImportTarget,
): Promise<ImportOutcome> {
  const before = await findEarlier(journal, runId, run);
  if (before !== undefined) return before;
  const pins = { prompts: sha256(PROMPTS), prices: sha256(PRICES) };
  const planned = planRecords(runId, toRecords(run, { workspace: root, nowMs: clock.nowMs(), pins }));
  if ('problem' in planned) return { outcome: 'refused', because: planned.problem };
  if (isDryRun) return { outcome: 'found' };
  return withRun(journal, runId, async (lease) => {
    // Another import may have made it since.
    const meanwhile = await findEarlier(journal, runId, run);
    if (meanwhile !== undefined) return meanwhile;
    await writeRecords({ journal, lease, runId }, planned.sealed, [PROMPTS, PRICES]);
    return { outcome: 'imported' };
  });
}

/** Does something to a run nobody else works on meanwhile. */
export async function withRun(
  journal: Journal,
  runId: string,
  act: (lease: Lease) => Promise<ImportOutcome>,
): Promise<ImportOutcome> {
  const lease = await acquire(journal, runId);
  if (lease instanceof LeaseHeldError) return { outcome: 'busy', because: lease.message.replace(/\.$/u, '') };
  try {
    return await act(lease);
  } finally {
    await journal.release(lease);
  }
}

async function acquire(journal: Journal, runId: string): Promise<Lease | LeaseHeldError> {
  try {
    return await journal.acquire(`run:${runId}`);
  } catch (error) {
    if (error instanceof LeaseHeldError) return error;
    throw error;
  }
}

/** What there is of the run already; `undefined` when there is nothing. */
async function findEarlier(journal: Journal, runId: string, run: OldRun): Promise<ImportOutcome | undefined> {
  const sealed = await journal.read(runId);
  if (sealed.length === 0) return undefined;
  const read = readBack(runId, sealed);
  if ('problem' in read) return { outcome: 'unreadable', because: read.problem };
  const before = pickImported(read.records);
  return { outcome: before !== undefined && isSame(before, run) ? 'known' : 'changed' };
}

const importedSchema = z.object({ name: z.literal(IMPORT_STEP), result: z.custom<OldRun>() });

/**
 * What an imported run was made of; `undefined` when there is no such run.
 *
 * @throws {@link JournalDamagedError} when a record of it does not hold.
 */
export async function findImported(journal: Journal, runId: string): Promise<OldRun | undefined> {
  if ((await journal.read(runId, 0, 1)).length === 0) return undefined;
  return pickImported(await readRunRecords(journal, runId));
}

function pickImported(records: readonly RunRecord[]): OldRun | undefined {
  return records.flatMap(({ data }) => importedSchema.safeParse(data).data?.result ?? []).at(0);
}

/** A moment in the future was now, which is another one each time. */
function isSame(before: OldRun, now: OldRun): boolean {
  const isMoving = [before, now].some(({ notes }) => notes.includes(IN_FUTURE));
  const facts = ({ moments, ...rest }: OldRun) => JSON.stringify([rest, isMoving ? [] : moments]);
  return facts(before) === facts(now);
}
