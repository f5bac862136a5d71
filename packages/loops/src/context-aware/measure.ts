import type { Indicator } from '../engine/team-choice.ts';

/** How much there is of something, and what shows it. */
export interface Measure {
  readonly amount: number;
  readonly evidence: Indicator['evidence'];
}

const MOST_EVIDENCE = 5;

/** So many of something, each of which can be shown; the first few are. */
export function measureAll(evidence: Indicator['evidence']): Measure {
  return { amount: evidence.length, evidence: evidence.slice(0, MOST_EVIDENCE) };
}

/** An amount that is told as a sentence of its own. */
export function measureOne(amount: number, what: string): Measure {
  return { amount, evidence: [{ what }] };
}
