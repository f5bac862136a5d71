import { type Clock, emptyHead, type Journal, sha256 } from '@jarvis/core';
import { readRunRecords } from '@jarvis/loops';
import { z } from 'zod';

import type { OldRun } from './old-run.ts';
import { IMPORT_STEP, toRecords } from './to-records.ts';
import { writeRecords } from './write-records.ts';

/** A run, and what became of importing it. */
export interface ImportedRun {
  readonly runId: string;
  readonly oldId: string;
  /** `changed`: it was imported before, and the old files say something else since; the import stays as it is. */
  readonly outcome: 'found' | 'imported' | 'known' | 'changed';
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
}

const PROMPTS = '[]';
const PRICES = '{"asOf":"imported","models":{}}';

/** Makes a run of what the old files say, unless it was made before. */
export async function importRun(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  run: OldRun,
  { runId, root }: ImportTarget,
): Promise<ImportedRun['outcome']> {
  const before = await findImported(journal, runId);
  if (before !== undefined) return isSame(before, run) ? 'known' : 'changed';
  const lease = await journal.acquire(`run:${runId}`);
  try {
    const pins = { prompts: sha256(PROMPTS), prices: sha256(PRICES) };
    const records = toRecords(run, { workspace: root, nowMs: clock.nowMs(), pins });
    const place = { journal, clock, lease, runId, head: emptyHead(runId) };
    await writeRecords(place, records, [PROMPTS, PRICES]);
    return 'imported';
  } finally {
    await journal.release(lease);
  }
}

const importedSchema = z.object({ name: z.literal(IMPORT_STEP), result: z.custom<OldRun>() });

/** What an imported run was made of; `undefined` when there is no such run. */
export async function findImported(journal: Journal, runId: string): Promise<OldRun | undefined> {
  if ((await journal.read(runId)).length === 0) return undefined;
  const records = await readRunRecords(journal, runId);
  return records.flatMap(({ data }) => importedSchema.safeParse(data).data?.result ?? []).at(0);
}

/** What a clock says is no part of the run: a moment in the future was now, which is another one each time. */
function isSame(before: OldRun, now: OldRun): boolean {
  const facts = ({ moments: _moments, ...rest }: OldRun) => JSON.stringify(rest);
  return facts(before) === facts(now);
}
