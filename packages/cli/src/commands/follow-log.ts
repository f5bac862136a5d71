import type { Journal } from '@jarvis/core';
import { RunReader, type RunRecord } from '@jarvis/loops';

/** After so many looks without anything new it is found out whether anybody works on the run. */
const QUIET_LOOKS = 10;

/** A run that is followed through its journal, whichever process works on it. */
export interface FollowedLog {
  readonly journal: Journal;
  readonly runId: string;
  /** Gets what is new, at first everything. */
  readonly tell: (records: readonly RunRecord[]) => void;
  /** Waits until it is time to look again; says whether to go on. */
  readonly pause: () => Promise<boolean>;
}

/** Why nothing more is told: the run stands still, nobody works on it, or the follower was stopped. */
export type FollowEnd = 'still' | 'abandoned' | 'stopped';

/**
 * Tells what happens in a run until it stands still.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 */
export async function followLog({ journal, runId, tell, pause }: FollowedLog): Promise<FollowEnd> {
  const reader = new RunReader(journal, runId);
  let quietLooks = 0;
  for (;;) {
    const records = await reader.readNew();
    tell(records);
    if (standsStill(records.at(-1))) return 'still';
    quietLooks = records.length > 0 ? 0 : quietLooks + 1;
    if (quietLooks >= QUIET_LOOKS) {
      if (await isAbandoned(journal, runId)) return 'abandoned';
      quietLooks = 0;
    }
    if (!(await pause())) return 'stopped';
  }
}

function standsStill(last: RunRecord | undefined): boolean {
  return last?.type === 'run.ended' || last?.type === 'run.paused';
}

/** A process that sleeps wakes up again and goes on: as long as it is there, the run is not abandoned. */
async function isAbandoned(journal: Journal, runId: string): Promise<boolean> {
  const holder = await journal.findHolder(`run:${runId}`);
  return holder === undefined || (holder.mayBeTakenOver && holder.process !== 'alive');
}
