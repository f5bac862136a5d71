import type { Finding } from '@jarvis/core';

import { InvalidLimitError } from '../errors.ts';
import { countKin } from '../findings/kin.ts';

/** What one round ended with: the content, and what was found in it that is not settled. */
export interface AuditRound {
  readonly contentHash: string;
  readonly fingerprints: readonly string[];
  /** What was changed since the round before, by hash, if it is known. */
  readonly diffHash?: string;
  /** The findings themselves. With them, a circle is also seen when they are told in other words. */
  readonly findings?: readonly Finding[];
}

/** How much going in circles is too much. */
export interface NoProgressLimits {
  /** How often a round may be repeated in a row before it counts, at least 1. Default: 2 (A-A-A). */
  readonly repeats?: number;
  /** How many turns of alternating rounds count, at least 2. Default: 2 (A-B-A-B). */
  readonly alternations?: number;
  /** How many rounds may take turns, at least 2. Default: 3 (A-B-C-A-B-C). */
  readonly longestTurn?: number;
  /** After how many fixes in a row that left as many findings, some of them the same, it counts, at least 2. Default: 4. */
  readonly stalls?: number;
}

/** A circle in which a stage is caught, and the rounds that show it, by position, counted from 0. */
export interface NoProgress {
  /**
   * `repeat`: the same again and again. `alternation`: the same states, or the same findings, take turns.
   * `stall`: the content changes and what is wrong with it does not.
   */
  readonly pattern: 'repeat' | 'alternation' | 'stall';
  readonly rounds: readonly number[];
}

type IsSame = (one: AuditRound, other: AuditRound) => boolean;

/**
 * Tells whether the newest rounds get nowhere: the same content or the same change with the same findings again and
 * again, or a few such states taking turns. Ask after each round; what lies further back was somebody's decision already.
 *
 * Rounds that carry their findings are looked at more closely: findings told in other words are the same, findings that
 * take turns count whatever the content, and so do changes that leave what is wrong as it was. For other rounds, new
 * content or other fingerprints are progress. The order of findings does not count.
 *
 * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
 */
export function detectNoProgress(
  rounds: readonly AuditRound[],
  { repeats = 2, alternations = 2, longestTurn = 3, stalls = 4 }: NoProgressLimits = {},
): NoProgress | undefined {
  assertLimit('repeats', repeats, 1);
  assertLimit('alternations', alternations, 2);
  assertLimit('longestTurn', longestTurn, 2);
  assertLimit('stalls', stalls, 2);

  return (
    findRepeat(rounds, repeats + 1) ??
    findAlternation(rounds, alternations, longestTurn) ??
    findStall(rounds, stalls + 1)
  );
}

function findRepeat(rounds: readonly AuditRound[], count: number): NoProgress | undefined {
  const last = rounds.slice(-count);
  if (last.length < count) return undefined;
  // The first of the rounds is where the same change was made for the first time, so its own change does not count.
  const isSameAgain = count > 2 && everyPair(last, isSameFound) && everyPair(last.slice(1), isSameChange);
  return isSameAgain || everyPair(last, isSameState)
    ? { pattern: 'repeat', rounds: lastPositions(rounds, count) }
    : undefined;
}

function everyPair(rounds: readonly AuditRound[], isSame: IsSame): boolean {
  return rounds.every((round, index) => {
    const before = rounds[index - 1];
    return before === undefined || isSame(before, round);
  });
}

function findAlternation(
  rounds: readonly AuditRound[],
  turns: number,
  longestTurn: number,
): NoProgress | undefined {
  for (let length = 2; length <= longestTurn; length += 1) {
    const last = rounds.slice(-length * turns);
    if (last.length < length * turns) return undefined;
    if (takesTurns(last, length, isSameState) || takesTurns(last, length, isSameKin)) {
      return { pattern: 'alternation', rounds: lastPositions(rounds, length * turns) };
    }
  }
  return undefined;
}

/** Each round is like the one a turn before it, and unlike its neighbour. */
function takesTurns(rounds: readonly AuditRound[], length: number, isSame: IsSame): boolean {
  return rounds.every((round, index) => {
    const before = rounds[index - 1];
    const turnBefore = rounds[index - length];
    if (before !== undefined && isSame(before, round)) return false;
    return turnBefore === undefined || isSame(turnBefore, round);
  });
}

/** As many findings as before or more, after every fix, and some of them all the time. */
function findStall(rounds: readonly AuditRound[], count: number): NoProgress | undefined {
  const last = rounds.slice(-count).map(({ findings = [] }) => findings);
  const [first = [], ...later] = last;
  if (last.length < count || first.length === 0) return undefined;
  const hasFewer = later.some((findings, index) => findings.length < (last[index]?.length ?? 0));
  const persistent = later.reduce(
    (kept, findings) => kept.filter((finding) => countKin([finding], findings) > 0),
    first,
  );
  return hasFewer || persistent.length === 0
    ? undefined
    : { pattern: 'stall', rounds: lastPositions(rounds, count) };
}

function isSameChange(one: AuditRound, other: AuditRound): boolean {
  return one.diffHash !== undefined && one.diffHash === other.diffHash;
}

/** The content alone tells that nothing happens or that it goes back and forth, unless there are fewer findings. */
function isSameState(one: AuditRound, { contentHash, fingerprints, findings = [] }: AuditRound): boolean {
  if (one.contentHash !== contentHash) return false;
  const before = one.findings ?? [];
  const isNoBetter = before.length > 0 && findings.length >= before.length;
  return isNoBetter || isSameFound(one, { contentHash, fingerprints, findings });
}

function isSameKin({ findings: some = [] }: AuditRound, { findings: others = [] }: AuditRound): boolean {
  return some.length > 0 && some.length === others.length && countKin(some, others) === some.length;
}

function isSameFound(one: AuditRound, other: AuditRound): boolean {
  return toKey(one) === toKey(other) || isSameKin(one, other);
}

function toKey({ fingerprints }: AuditRound): string {
  return JSON.stringify([...new Set(fingerprints)].sort());
}

function lastPositions({ length }: readonly AuditRound[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => length - count + index);
}

function assertLimit(limit: string, value: number, minimum: number): void {
  if (!Number.isInteger(value) || value < minimum) {
    throw new InvalidLimitError({ limit, value, minimum });
  }
}
