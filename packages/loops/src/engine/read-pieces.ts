import { type Journal, RunNotFoundError, type SealedRecord } from '@jarvis/core';

/** How many records are held at once. A whole journal makes the heap grow to more than twice what the run needs. */
const PIECE = 256;

/**
 * The records of a run after the one with the number `afterSeq`, piece by piece; no piece when there are none. It ends
 * with the run as it stood when its last piece was read.
 *
 * @throws {@link RunNotFoundError} when the run is forgotten meanwhile.
 */
export async function* readPieces(
  journal: Journal,
  runId: string,
  afterSeq = 0,
): AsyncGenerator<readonly SealedRecord[], void> {
  let seq = afterSeq;
  let piece = await journal.read(runId, seq, PIECE);
  while (piece.length > 0) {
    yield piece;
    if (piece.length < PIECE) return;
    seq += piece.length;
    piece = await journal.read(runId, seq, PIECE);
    // A part of a run that is gone must not pass for the whole of it.
    if (piece.length === 0 && (await journal.readLast(runId)) === undefined) {
      throw new RunNotFoundError({ runId });
    }
  }
}
