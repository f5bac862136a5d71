import { parseConfig, type RunContext } from '@jarvis/core';

import { type Amendment, toConfigInput } from '../engine/amendment.ts';
import { evolve } from '../engine/evolve.ts';
import { writeCommand } from '../engine/inbox.ts';
import { initialState } from '../engine/run-state.ts';
import { readRunRecords } from '../view/read-run.ts';
import { requireUnguardedCap } from './require-unguarded-cap.ts';

/**
 * Posts a change to a run, whichever process drives it, or none.
 *
 * @throws {@link InvalidConfigError} when the change is not allowed, or is for others to decide.
 * @throws {@link RunNotFoundError} when there is no such run.
 */
export async function amendRun(
  { journal, ids, clock }: Pick<RunContext, 'journal' | 'ids' | 'clock'>,
  runId: string,
  amendment: Amendment,
): Promise<void> {
  parseConfig(toConfigInput(amendment), 'amend');
  const { config } = (await readRunRecords(journal, runId)).reduce(evolve, initialState);
  requireUnguardedCap(config, amendment);
  const { body } = writeCommand({ type: 'amend', amendment });
  // The same change may be wanted again after another one.
  await journal.post({ runId, id: `amend-${ids.newRunId()}`, body, atMs: clock.nowMs() });
}
