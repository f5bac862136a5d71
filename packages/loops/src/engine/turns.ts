import type { Round } from './run-state.ts';

/** Which try a round is: at its stage, at all stages, or at the whole task. Counted from 1. */
export function tryOf({ number, turn, cycle }: Pick<Round, 'number' | 'turn' | 'cycle'>): number {
  return cycle ?? turn ?? number;
}

/** How many tries there were: a pass over all stages is one, and so is each piece of work where stages have cycles. */
export function countTries(rounds: readonly Round[]): number {
  return new Set(
    rounds.map((round) => (round.cycle === undefined ? tryOf(round) : `at ${String(round.number)}`)),
  ).size;
}

/** The rounds that are one try together, in order: in a mode with passes over all stages, those of one pass. */
export function roundsOfTry(rounds: readonly Round[], round: Round): readonly Round[] {
  return rounds.filter((other) => isSameSeries(other, round) && tryOf(other) === tryOf(round));
}

/** What came of the try before a round; `undefined` in the first. */
export function outcomeBefore(rounds: readonly Round[], round: Round): Round | undefined {
  const earlier = rounds.filter(
    (other) => other.number < round.number && isSameSeries(other, round) && tryOf(other) === tryOf(round) - 1,
  );
  return mergeRounds(earlier);
}

/** Rounds of one try as one: what the last of them says, and the first answer that was refused. */
export function mergeRounds(rounds: readonly Round[]): Round | undefined {
  const last = rounds.at(-1);
  if (last === undefined) return undefined;
  const refused = rounds.find(({ apply }) => apply?.type === 'refused')?.apply;
  return refused === undefined ? last : { ...last, apply: refused };
}

function isSameSeries(one: Round, other: Round): boolean {
  return one.cycle === undefined ? other.cycle === undefined : one.stage === other.stage;
}
