import { addNotes } from './add-notes.ts';
import { LAST_ROUND, MOST_WRITTEN } from './limits.ts';
import type { OldRun } from './old-run.ts';

const TOO_MANY = `it wrote more than ${String(MOST_WRITTEN)} files; the others were left out`;

/** The run with more of the files it wrote, in the round they are told with. */
export function addWritten(run: OldRun, round: number, paths: readonly string[]): OldRun {
  const isRound = Number.isInteger(round) && round > 0 && round <= LAST_ROUND;
  const number = isRound ? round : (run.rounds.at(-1)?.number ?? 1);
  const known = run.written.find((one) => one.round === number)?.paths ?? [];
  const others = run.written.filter((one) => one.round !== number);
  const room = MOST_WRITTEN - others.reduce((sum, one) => sum + one.paths.length, 0);
  const all = [...new Set([...known, ...paths])];
  if (all.length === 0) return run;
  const written = [...others, { round: number, paths: all.slice(0, room) }];
  written.sort((one, other) => one.round - other.round);
  return addNotes({ ...run, written }, all.length > room ? [TOO_MANY] : []);
}
