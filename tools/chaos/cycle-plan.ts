import { type CrashPlace, crashPlaces } from '@jarvis/core';
import fc from 'fast-check';

import type { RestoreKill } from './bring-back.ts';
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
  /** The death of a process that brings files back when the run is over. */
  readonly restoreKill?: RestoreKill;
}

function killAt(place: CrashPlace): fc.Arbitrary<Kill> {
  return fc.record({
    type: fc.constant('place' as const),
    place: fc.constant(place),
    arrival: fc.integer({ min: 1, max: mostArrivals(place) }),
  });
}

/** How often an undisturbed run comes to a place at most, so that most kills happen. */
function mostArrivals(place: CrashPlace): number {
  if (place.startsWith('run.')) return 1;
  return place.startsWith('model.') ? 9 : 3;
}

const killAtMoment = fc.record({
  type: fc.constant('moment' as const),
  fraction: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
});

const kill: fc.Arbitrary<Kill> = fc.oneof(...crashPlaces.map(killAt), killAtMoment);

/** The first round is brought back by a deletion of each later page, and a write. */
const restoreKills: readonly RestoreKill[] = [
  { place: 'apply.temp-written', arrival: 1 },
  { place: 'apply.file-written', arrival: 1 },
];

/** The first kills of as many cycles as there are places, and of one more: each place once, and a moment. */
const firstKills = fc
  .shuffledSubarray([...crashPlaces, undefined], { minLength: crashPlaces.length + 1 })
  .chain((places) =>
    fc.tuple(...places.map((place) => (place === undefined ? killAtMoment : killAt(place)))),
  );

/** One cycle in ten kills twice, and one in ten once more when files are brought back. */
const rest = fc.record({
  second: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: kill }),
  amendRound: fc.integer({ min: 1, max: ACCEPTED_ROUNDS }),
});

const EVERY_NTH_RESTORES = 10;

/** As many plans as wanted; the same seed always gives the same ones. */
export function planCycles(cycles: number, seed: number): readonly CyclePlan[] {
  const laps = Math.ceil(cycles / (crashPlaces.length + 1));
  const firsts = fc.sample(fc.noBias(firstKills), { seed, numRuns: laps }).flat();
  const rests = fc.sample(fc.noBias(rest), { seed, numRuns: cycles });
  return rests.map(({ second, amendRound }, index) => {
    const restoreKill = restoreKills[(index / EVERY_NTH_RESTORES) % restoreKills.length];
    return {
      kills: [firsts[index], second].filter((each) => each !== undefined),
      amendRound,
      ...(restoreKill !== undefined && { restoreKill }),
    };
  });
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
