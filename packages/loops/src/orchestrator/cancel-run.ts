import { hasErrorCode, type RunContext } from '@jarvis/core';

import { findCancellation, isCutShort } from '../engine/find-cancellation.ts';
import { writeCommand } from '../engine/inbox.ts';
import { RunSession } from '../engine/run-session.ts';
import { readRunRecords } from '../view/read-run.ts';

/**
 * What became of the wish to cancel: the run is `cancelled`, or it was `over` before; it is `requested` when another
 * process drives the run, which ends it at the next step; it is `unfinished` when a process died while it was writing
 * files or committing: `resume` brings that to its end and then ends the run.
 */
export type Cancellation = 'cancelled' | 'requested' | 'unfinished' | 'over';

/** The longest reason that is kept, in characters. */
const MAX_REASON_LENGTH = 1_000;

/**
 * Asks a run to end where it stands. A call in flight is paid and written down, a commit that was begun is finished,
 * nothing else starts. Asking twice is asking once. Of a reason the first 1,000 characters are kept.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 */
export async function cancelRun(
  { journal, clock }: Pick<RunContext, 'journal' | 'clock'>,
  runId: string,
  { reason }: { readonly reason?: string } = {},
): Promise<Cancellation> {
  const records = await readRunRecords(journal, runId);
  if (records.some(({ type }) => type === 'run.ended')) return 'over';

  const why = reason === undefined ? {} : { reason: reason.slice(0, MAX_REASON_LENGTH) };
  await journal.post({ runId, ...writeCommand({ type: 'cancel', ...why }), atMs: clock.nowMs() });
  const lease = await journal.acquire(`run:${runId}`).catch((error: unknown) => {
    if (hasErrorCode(error, 'JARVIS_LEASE_HELD')) return undefined;
    throw error;
  });
  if (lease === undefined) return 'requested';
  try {
    const onRecord = () => undefined;
    return await endNow(await RunSession.open({ runId, context: { journal, clock }, lease, onRecord }));
  } finally {
    await journal.release(lease);
  }
}

async function endNow(session: RunSession): Promise<Cancellation> {
  if (session.state.ended !== undefined) return 'over';
  await session.takeInbox();
  const stop = findCancellation(session.state);
  if (stop === undefined || isCutShort(session.state)) return 'unfinished';
  await session.append({ type: 'run.ended', data: stop });
  return 'cancelled';
}
