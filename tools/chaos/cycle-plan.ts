import { type CrashPlace, crashPlaces, type ModeName } from '@jarvis/core';
import fc from 'fast-check';

import type { RestoreKill } from './bring-back.ts';
import { findScenario } from './scenarios/find-scenario.ts';

/** When a process is killed: at the n-th arrival at a named place, or at a moment of the run. */
export type Kill =
  | { readonly type: 'place'; readonly place: CrashPlace; readonly arrival: number }
  /** `fraction` of the time the undisturbed run took: from 0 to 1. */
  | { readonly type: 'moment'; readonly fraction: number };

/** What is done to one run: the first process is killed, and sometimes the one that resumes it, too. */
export interface CyclePlan {
  readonly mode: ModeName;
  readonly kills: readonly Kill[];
  /** At which piece of work another process posts an amendment, while a call is on its way. */
  readonly amendAt: number;
  /** The death of a process that brings files back when the run is over. */
  readonly restoreKill?: RestoreKill;
}

/** How many cycles there are, of which modes, and the seed that decides all about them. */
export interface CyclesWanted {
  readonly cycles: number;
  readonly seed: number;
  readonly modes: readonly ModeName[];
}

/** The places a run passes in a mode: only stages on a roadmap change it. */
function placesOf(mode: ModeName): readonly CrashPlace[] {
  return crashPlaces.filter((place) => place !== 'change.followed' || mode === 'PHASE3');
}

/** How often an undisturbed run comes to a place at most, so that most kills happen. */
function mostArrivals(place: CrashPlace, mode: ModeName): number {
  const isLong = mode === 'PHASE3';
  if (place.startsWith('run.')) return 1;
  if (place === 'action.closed') return isLong ? 35 : 14;
  if (place === 'change.followed') return 15;
  if (place.startsWith('model.')) return isLong ? 16 : 9;
  return isLong ? 6 : 3;
}

/** What is drawn for each cycle; how it is read depends on the mode. */
interface Lot {
  readonly mode: number;
  readonly kill: number;
  readonly second: number;
  readonly place: number;
  readonly amend: number;
}

/** Numbers from 0 up to, but without, 1. */
const share = fc.integer({ min: 0, max: 999_999 }).map((millionths) => millionths / 1_000_000);

const lot: fc.Arbitrary<Lot> = fc.record({
  mode: share,
  kill: share,
  second: share,
  place: share,
  amend: share,
});

function pick<Item>(items: readonly Item[], part: number): Item {
  const item = items[Math.floor(part * items.length)];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}

/** The first round is brought back by a deletion of each later page, and a write. */
const restoreKills: readonly RestoreKill[] = [
  { place: 'apply.temp-written', arrival: 1 },
  { place: 'apply.file-written', arrival: 1 },
];

/** Where the processes of one cycle after another are killed first: at each place once, and at a moment, then again. */
const laps = (count: number) =>
  fc.array(fc.shuffledSubarray([...crashPlaces, undefined], { minLength: crashPlaces.length + 1 }), {
    minLength: count,
    maxLength: count,
  });

/** The modes of one cycle after another: each as often as any other. */
const turns = (modes: readonly ModeName[], count: number) =>
  fc.array(fc.shuffledSubarray([...modes], { minLength: modes.length }), {
    minLength: count,
    maxLength: count,
  });

/** One cycle in ten kills twice, and one in ten once more when files are brought back. */
const SECOND_KILLS = 0.1;
const EVERY_NTH_RESTORES = 10;

/** As many plans as wanted; the same seed always gives the same ones. */
export function planCycles({ cycles, seed, modes }: CyclesWanted): readonly CyclePlan[] {
  const draw = <Value>(arbitrary: fc.Arbitrary<Value>) =>
    fc.sample(fc.noBias(arbitrary), { seed, numRuns: 1 });
  const places = draw(laps(Math.ceil(cycles / (crashPlaces.length + 1)))).flat(2);
  const inTurn = draw(turns(modes, Math.ceil(cycles / modes.length))).flat(2);
  const lots = fc.sample(fc.noBias(lot), { seed, numRuns: cycles });
  return lots.map((drawn, index) => {
    const own = inTurn[index] ?? pick(modes, drawn.mode);
    const wanted = places[index];
    // A place that only some modes pass is kept for one of these.
    const passing = modes.filter((mode) => wanted === undefined || placesOf(mode).includes(wanted));
    const mode = passing.includes(own) || passing.length === 0 ? own : pick(passing, drawn.mode);
    const restoreKill = restoreKills[(index / EVERY_NTH_RESTORES) % restoreKills.length];
    return {
      mode,
      kills: [toKill(wanted, mode, drawn.kill), ...secondKill(mode, drawn)],
      amendAt: 1 + Math.floor(drawn.amend * findScenario(mode).moments),
      ...(restoreKill !== undefined && { restoreKill }),
    };
  });
}

function toKill(place: CrashPlace | undefined, mode: ModeName, part: number): Kill {
  return place === undefined
    ? { type: 'moment', fraction: part }
    : { type: 'place', place, arrival: 1 + Math.floor(part * mostArrivals(place, mode)) };
}

function secondKill(mode: ModeName, { second, place }: Lot): readonly Kill[] {
  if (second >= SECOND_KILLS) return [];
  return [toKill(pick([...placesOf(mode), undefined], place), mode, second / SECOND_KILLS)];
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
