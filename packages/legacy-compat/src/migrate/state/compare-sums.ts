import { addNotes } from './add-notes.ts';
import type { OldCall, OldRun } from './old-run.ts';

/** In US dollars: what rounding may come to. */
const ROUNDING = 0.005;

/** The run with a note when the calls that are known cost less than its log says: some of them were lost. */
export function compareSums(run: OldRun): OldRun {
  const [paid, told] = [totalOf(run.calls), totalOf(run.sums)];
  if (run.calls.length === 0 || paid >= told - ROUNDING) return run;
  return addNotes(run, [
    `its calls come to $${paid.toFixed(4)} and its log says $${told.toFixed(4)}: the calls are counted, some are missing`,
  ]);
}

function totalOf(calls: readonly OldCall[]): number {
  return calls.reduce((sum, { usd }) => sum + usd, 0);
}
