import { type CrashPlace, crashPlaces } from '@jarvis/core';
import fc from 'fast-check';

import { ACCEPTED_ROUNDS } from './scenario.ts';

/** When a process is killed: at the n-th arrival at a named place, or at a moment of the run. */
export type Kill =
  | { readonly type: 'place'; readonly place: CrashPlace; readonly arrival: number }
  /** `fraction` of the time the undisturbed run took: from 0 to 1. */
  | { readonly type: 'moment'; readonly fraction: number };

/** What is done to one run: the first process is killed, and sometimes the one that resumes it, too. */
export interface CyclePlan {
  readonly kills: readonly Kill[];
  /** The round in which another process posts an amendment, while a call is on its way. */
  readonly amendRound: number;
}

const killAtPlace = fc.constantFrom(...crashPlaces).chain((place) =>
  fc.record({
    type: fc.constant('place' as const),
    place: fc.constant(place),
    arrival: fc.integer({ min: 1, max: mostArrivals(place) }),
  }),
);

/** How often an undisturbed run comes to a place at most, so that most kills happen. */
function mostArrivals(place: CrashPlace): number {
  if (place.startsWith('run.')) return 1;
  return place.startsWith('model.') ? 9 : 3;
}

const killAtMoment = fc.record({
  type: fc.constant('moment' as const),
  fraction: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
});

const kill: fc.Arbitrary<Kill> = fc.oneof(killAtPlace, killAtMoment);

/** One cycle in ten kills twice. */
const cyclePlan: fc.Arbitrary<CyclePlan> = fc.record({
  kills: fc.oneof({ weight: 9, arbitrary: fc.tuple(kill) }, { weight: 1, arbitrary: fc.tuple(kill, kill) }),
  amendRound: fc.integer({ min: 1, max: ACCEPTED_ROUNDS }),
});

/** As many plans as wanted; the same seed always gives the same ones. */
export function planCycles(cycles: number, seed: number): readonly CyclePlan[] {
  return fc.sample(fc.noBias(cyclePlan), { seed, numRuns: cycles });
}

/** A kill in a few words. */
export function describeKill(planned: Kill): string {
  switch (planned.type) {
    case 'place':
      return `${planned.place} (${String(planned.arrival)})`;
    case 'moment':
      return `at ${(planned.fraction * 100).toFixed(0)} % of the time`;
  }
}
