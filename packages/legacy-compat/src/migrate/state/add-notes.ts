import { MOST_NOTES } from './limits.ts';
import type { OldRun } from './old-run.ts';

const MORE = 'there is more to be said about its files than is listed here';

/** Adds what was not said before. */
export function addNotes(run: OldRun, notes: readonly string[]): OldRun {
  const added = new Set(notes.filter((note) => !run.notes.includes(note)));
  if (added.size === 0 || run.notes.length > MOST_NOTES) return run;
  const all = [...run.notes, ...added];
  return { ...run, notes: all.length > MOST_NOTES ? [...all.slice(0, MOST_NOTES), MORE] : all };
}
