import { addNotes } from './add-notes.ts';
import { LAST_ROUND, MOST_ROUNDS } from './limits.ts';
import type { OldRound, OldRun } from './old-run.ts';

const ODD = 'rounds with numbers that cannot be true were left out';
const TOO_MANY = `it has more than ${String(MOST_ROUNDS)} rounds; the others were left out`;

/** The run with more of its rounds; of two with one number the one that is known counts, unless the read one shall. */
export function addRounds(
  run: OldRun,
  read: readonly OldRound[],
  preferred: 'known' | 'read' = 'known',
): OldRun {
  const rounds = [...run.rounds];
  const notes = new Set<string>();
  for (const round of read) {
    const place = rounds.findIndex(({ number }) => number === round.number);
    if (place !== -1) {
      if (preferred === 'read') rounds[place] = round;
      continue;
    }
    if (round.number > LAST_ROUND) notes.add(ODD);
    else if (!Number.isInteger(round.number) || round.number <= 0) continue;
    else if (rounds.length < MOST_ROUNDS) rounds.push(round);
    else notes.add(TOO_MANY);
  }
  if (rounds.length > run.rounds.length) rounds.sort((one, other) => one.number - other.number);
  return addNotes({ ...run, rounds }, [...notes]);
}
