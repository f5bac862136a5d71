import { hasErrorCode, type RunContext } from '@jarvis/core';

import { findCancellation } from '../engine/find-cancellation.ts';
import { writeCommand } from '../engine/inbox.ts';
import { RunSession } from '../engine/run-session.ts';
import { readRunRecords } from '../view/read-run.ts';
import { holdLeases } from './hold-leases.ts';

/** What became of the wish to cancel: `requested` when another process drives the run and ends it at the next step. */
export type Cancellation = 'cancelled' | 'requested' | 'over';

/**
 * Asks a run to end where it stands. A call in flight is paid and written down, a commit that was begun is finished,
 * nothing else starts. Asking twice is asking once.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 */
export async function cancelRun(
  context: RunContext,
  runId: string,
  { reason }: { readonly reason?: string } = {},
): Promise<Cancellation> {
  const records = await readRunRecords(context.journal, runId);
  if (records.some(({ type }) => type === 'run.ended')) return 'over';

  const body = writeCommand({ type: 'cancel', ...(reason === undefined ? {} : { reason }) });
  await context.journal.post({ runId, id: 'cancel', body, atMs: context.clock.nowMs() });
  try {
    return await holdLeases(context, runId, async (lease) => {
      const session = await RunSession.open({ runId, context, lease, onRecord: () => undefined });
      if (session.state.ended !== undefined) return 'over';
      await session.takeInbox();
      const stop = findCancellation(session.state);
      if (stop === undefined) return 'requested';
      await session.append({ type: 'run.ended', data: stop });
      return 'cancelled';
    });
  } catch (error) {
    if (hasErrorCode(error, 'JARVIS_LEASE_HELD')) return 'requested';
    throw error;
  }
}
