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
      known.length === 0
        ? `Run ${runId} has kept no files: nothing can be brought back. Was it imported? Its kept rounds come with: jarvis migrate state <folder> --snapshots`
        : `Run ${runId} has no files of round ${String(round)} to bring back; it has those of ${known.join(', ')}` +
            `${known.includes(0) ? ', where 0 is before the run' : ''}. Choose one with --round.`,
    );
    this.runId = runId;
    this.round = round;
    this.known = known;
  }
}
