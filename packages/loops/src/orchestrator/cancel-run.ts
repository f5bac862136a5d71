import { hasErrorCode, type RunContext } from '@jarvis/core';

import { evolve } from '../engine/evolve.ts';
import { findCancellation, isCutShort } from '../engine/find-cancellation.ts';
import { writeCommand } from '../engine/inbox.ts';
import { RunSession } from '../engine/run-session.ts';
import { initialState } from '../engine/run-state.ts';
import { readRunRecords } from '../view/read-run.ts';
import { requireSafeWords } from './require-safe-words.ts';

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
 * @throws {@link UnsafeWordsError} when the reason holds the key of the model server.
 */
export async function cancelRun(
  { journal, clock, secrets }: Pick<RunContext, 'journal' | 'clock' | 'secrets'>,
  runId: string,
  { reason }: { readonly reason?: string } = {},
): Promise<Cancellation> {
  requireSafeWords([reason], secrets);
  const { ended, reopenings } = (await readRunRecords(journal, runId)).reduce(evolve, initialState);
  if (ended !== undefined) return 'over';

  const why = reason === undefined ? {} : { reason: reason.slice(0, MAX_REASON_LENGTH) };
  const { id, body } = writeCommand({ type: 'cancel', ...why });
  // What was said before the run was opened again is not said of what it does since.
  const post = { runId, id: reopenings === 0 ? id : `${id}-${String(reopenings)}`, body };
  await journal.post({ ...post, atMs: clock.nowMs() });
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
