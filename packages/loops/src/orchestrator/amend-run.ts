import { parseConfig, type RunContext } from '@jarvis/core';

import { type Amendment, toConfigInput } from '../engine/amendment.ts';
import { evolve } from '../engine/evolve.ts';
import { writeCommand } from '../engine/inbox.ts';
import type { Stop } from '../engine/run-records.ts';
import { initialState, type RunState } from '../engine/run-state.ts';
import { RunOverError } from '../steering-errors.ts';
import { readRunRecords } from '../view/read-run.ts';
import { requireUnguardedCap } from './require-unguarded-cap.ts';
import { reopenCommand } from '../view/run-result.ts';

/**
 * Posts a change to a run, whichever process drives it, or none.
 *
 * @throws {@link InvalidConfigError} when the change is not allowed, or is for others to decide.
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link RunOverError} when the run is over.
 */
export async function amendRun(
  { journal, ids, clock }: Pick<RunContext, 'journal' | 'ids' | 'clock'>,
  runId: string,
  amendment: Amendment,
): Promise<void> {
  parseConfig(toConfigInput(amendment), 'amend');
  const { accepted, config, ended } = (await readRunRecords(journal, runId)).reduce(evolve, initialState);
  if (ended !== undefined) throw tellOver(runId, ended, accepted);
  requireUnguardedCap(config, amendment);
  const { body } = writeCommand({ type: 'amend', amendment });
  // The same change may be wanted again after another one.
  await journal.post({ runId, id: `amend-${ids.newRunId()}`, body, atMs: clock.nowMs() });
}

function tellOver(runId: string, ended: Stop, accepted: RunState['accepted']): RunOverError {
  const reopening = accepted?.isImported === true ? undefined : reopenCommand(runId, ended);
  const again = reopening === undefined ? '' : `, or give this one something to do again: ${reopening}`;
  const next = `Nothing of it can be changed any more. Start another one: jarvis run${again}`;
  return new RunOverError({ runId, status: ended.status, next });
}
