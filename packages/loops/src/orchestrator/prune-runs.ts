import { hasErrorCode, isJarvisError, type Journal, type RunContext } from '@jarvis/core';

import { readRunRecords } from '../view/read-run.ts';

/** Which of the runs that are over are removed. */
export interface PruneOptions {
  /** How many of them, the newest, are kept in any case. Default: 0. */
  readonly keep?: number;
  /** Only those that ended before this moment, in milliseconds since 1970 UTC. Default: all. */
  readonly endedBeforeMs?: number;
  /** Only tell what would be removed. Default: false. */
  readonly isDryRun?: boolean;
}

interface EndedRun {
  readonly runId: string;
  readonly endedAtMs: number;
}

/**
 * Removes runs that are over, for ever: their records, and the contents no other run uses. Runs that can be resumed,
 * that a process has open, or whose records do not hold, stay.
 *
 * @returns the ids of the runs that are gone, newest first.
 */
export async function pruneRuns(
  { journal }: Pick<RunContext, 'journal'>,
  { keep = 0, endedBeforeMs = Infinity, isDryRun = false }: PruneOptions = {},
): Promise<readonly string[]> {
  const ended: EndedRun[] = [];
  for (const runId of await journal.listRuns()) ended.push(...(await findEnd(journal, runId)));

  const removed: string[] = [];
  for (const { runId } of ended.slice(keep).filter(({ endedAtMs }) => endedAtMs < endedBeforeMs)) {
    if (isDryRun || (await forgetRun(journal, runId))) removed.push(runId);
  }
  return removed;
}

async function findEnd(journal: Journal, runId: string): Promise<readonly EndedRun[]> {
  try {
    const last = (await readRunRecords(journal, runId)).at(-1);
    return last?.type === 'run.ended' ? [{ runId, endedAtMs: last.atMs }] : [];
  } catch (error) {
    // What does not hold, or what a later release wrote, is not ours to throw away.
    if (isJarvisError(error)) return [];
    throw error;
  }
}

/** Whether the run is gone; one that another process has open stays. */
async function forgetRun(journal: Journal, runId: string): Promise<boolean> {
  const lease = await journal.acquire(`run:${runId}`).catch((error: unknown) => {
    if (hasErrorCode(error, 'JARVIS_LEASE_HELD')) return undefined;
    throw error;
  });
  if (lease === undefined) return false;
  try {
    await journal.forget(runId, lease);
    return true;
  } finally {
    await journal.release(lease);
  }
}
