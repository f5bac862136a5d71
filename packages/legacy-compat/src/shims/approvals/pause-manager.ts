import type { RunResult } from '@jarvis/loops';

import type { LegacyContext } from '../run/legacy-context.ts';
import { ApprovalDesk } from './approval-desk.ts';

/** Which runs of a folder wait for people, in the old words. */
export class PauseManager {
  readonly #desk: ApprovalDesk;

  constructor(context?: LegacyContext) {
    this.#desk = new ApprovalDesk(context);
  }

  /** The ids of the runs of the folder that wait for people. */
  list_paused(): Promise<readonly string[]> {
    return this.#desk.listWaiting();
  }

  /** Whether a run of the folder waits for people. */
  async is_paused(run_id: string): Promise<boolean> {
    return (await this.#desk.listWaiting()).includes(run_id);
  }

  /** Goes on with a run, as far as people have let it. */
  resume(run_id: string): Promise<RunResult> {
    return this.#desk.resume(run_id);
  }
}
