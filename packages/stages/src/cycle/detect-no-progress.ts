import { InvalidLimitError } from '../errors.ts';

/** What one round ended with: the content, and what was found in it that is not settled. */
export interface AuditRound {
  readonly contentHash: string;
  readonly fingerprints: readonly string[];
}

/** How much going in circles is too much. */
export interface NoProgressLimits {
  /** How often a round may be repeated in a row before it counts, at least 1. Default: 2 (A-A-A). */
  readonly repeats?: number;
  /** How many turns of two alternating rounds count, at least 2. Default: 2 (A-B-A-B). */
  readonly alternations?: number;
}

/** A circle in which a stage is caught, and the rounds that show it, by position, counted from 0. */
export interface NoProgress {
  readonly pattern: 'repeat' | 'alternation';
  readonly rounds: readonly number[];
}

/**
 * Tells whether the newest rounds go in a circle: the same content with the same findings again and again, or two
 * such states taking turns. Ask after each round; what lies further back was somebody's decision already.
 *
 * New content or other findings are progress as far as this function knows. The order of findings does not count.
 *
 * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
 */
export function detectNoProgress(
  rounds: readonly AuditRound[],
  { repeats = 2, alternations = 2 }: NoProgressLimits = {},
): NoProgress | undefined {
  assertLimit('repeats', repeats, 1);
  assertLimit('alternations', alternations, 2);

  return findRepeat(rounds, repeats + 1) ?? findAlternation(rounds, alternations * 2);
}

function findRepeat(rounds: readonly AuditRound[], count: number): NoProgress | undefined {
  const states = rounds.slice(-count).map(toState);
  const isRepeat = states.length === count && states.every((state) => state === states[0]);

  return isRepeat ? { pattern: 'repeat', rounds: lastPositions(rounds, count) } : undefined;
}

function findAlternation(rounds: readonly AuditRound[], count: number): NoProgress | undefined {
  const states = rounds.slice(-count).map(toState);
  const [first, second] = states;
  const isAlternation =
    states.length === count &&
    first !== second &&
    states.every((state, index) => state === (index % 2 === 0 ? first : second));

  return isAlternation ? { pattern: 'alternation', rounds: lastPositions(rounds, count) } : undefined;
}

function toState({ contentHash, fingerprints }: AuditRound): string {
  return JSON.stringify([contentHash, ...new Set(fingerprints.toSorted())]);
}

function lastPositions({ length }: readonly AuditRound[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => length - count + index);
}

function assertLimit(limit: string, value: number, minimum: number): void {
  if (!Number.isInteger(value) || value < minimum) {
    throw new InvalidLimitError({ limit, value, minimum });
  }
}
