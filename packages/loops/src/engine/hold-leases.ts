import type { Lease, RunContext } from '@jarvis/core';

/**
 * Does something while this process alone works on the run and in its folder.
 *
 * @throws {@link LeaseHeldError} when another process does.
 */
export async function holdLeases<Result>(
  { journal, workspace }: RunContext,
  runId: string,
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const folder = await journal.acquire(`workspace:${workspace.root}`);
  try {
    const lease = await journal.acquire(`run:${runId}`);
    try {
      return await work(lease);
    } finally {
      await journal.release(lease);
    }
  } finally {
    await journal.release(folder);
  }
}
