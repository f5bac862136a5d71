import { JarvisError } from '@jarvis/core';

/** There is no moment after that round whose files could be brought back. Nothing was changed. */
export class SnapshotNotFoundError extends JarvisError<'JARVIS_SNAPSHOT_NOT_FOUND'> {
  readonly code = 'JARVIS_SNAPSHOT_NOT_FOUND';
  readonly runId: string;
  readonly round: number;
  /** The rounds there are. */
  readonly known: readonly number[];

  constructor({ runId, round, known }: { runId: string; round: number; known: readonly number[] }) {
    super(
      `Run ${runId} has no files of round ${String(round)} to bring back; it has those of ${known.join(', ')}, ` +
        'where 0 is before the run. Choose one with --round.',
    );
    this.runId = runId;
    this.round = round;
    this.known = known;
  }
}
