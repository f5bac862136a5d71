import type { OldRun } from './old-run.ts';

/** Adds what was not said before. */
export function addNotes(run: OldRun, notes: readonly string[]): OldRun {
  return { ...run, notes: [...new Set([...run.notes, ...notes])] };
}
