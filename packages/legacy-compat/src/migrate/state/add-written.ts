import { addNotes } from './add-notes.ts';
import { LAST_ROUND, MOST_WRITTEN } from './limits.ts';
import type { OldRun } from './old-run.ts';

const TOO_MANY = `it wrote more than ${String(MOST_WRITTEN)} files; the others were left out`;

/** The run with more of the files it wrote, in the round they are told with. */
export function addWritten(run: OldRun, round: number, paths: readonly string[]): OldRun {
  const number = isRoundNumber(round) ? round : (run.rounds.at(-1)?.number ?? 1);
  const known = run.written.find((one) => one.round === number)?.paths ?? [];
  const room = MOST_WRITTEN - run.written.reduce((sum, one) => sum + one.paths.length, 0);
  if (paths.every((path) => known.includes(path))) return run;
  if (room <= 0) return addNotes(run, [TOO_MANY]);
  const added = [...new Set(paths)].filter((path) => !known.includes(path));
  const others = run.written.filter((one) => one.round !== number);
  const written = [...others, { round: number, paths: [...known, ...added.slice(0, room)] }];
  written.sort((one, other) => one.round - other.round);
  return addNotes({ ...run, written }, added.length > room ? [TOO_MANY] : []);
}

function isRoundNumber(round: number): boolean {
  return Number.isInteger(round) && round > 0 && round <= LAST_ROUND;
}
