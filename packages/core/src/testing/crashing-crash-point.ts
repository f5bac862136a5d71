import type { CrashPlace, CrashPoint } from '../context/crash-point.ts';

/** Where a {@link CrashingCrashPoint} ends the run. */
export interface PlannedCrash {
  readonly place: CrashPlace;
  /** At which arrival there: 1 is the first. Default: 1. */
  readonly arrival?: number;
}

/** What a simulated crash throws. No code of a run may handle it: a process that is dead handles nothing. */
export class SimulatedCrash extends Error {
  readonly place: CrashPlace;
  readonly arrival: number;

  constructor({ place, arrival }: Required<PlannedCrash>) {
    super(`Simulated crash at ${place}, arrival ${String(arrival)}.`);
    this.name = 'SimulatedCrash';
    this.place = place;
    this.arrival = arrival;
  }
}

/**
 * A crash point that ends the run at one place, for crash tests inside one process. Without a plan it only notes
 * where the run passes, so that a test can go through all places afterwards.
 */
export class CrashingCrashPoint implements CrashPoint {
  readonly #plan: Required<PlannedCrash> | undefined;
  readonly #visits: CrashPlace[] = [];
  #crash: SimulatedCrash | undefined;

  constructor(plan?: PlannedCrash) {
    this.#plan = plan === undefined ? undefined : { arrival: 1, ...plan };
  }

  /** Every place that was passed or crashed at, in order. */
  get visits(): readonly CrashPlace[] {
    return [...this.#visits];
  }

  /** The crash, once it has happened. */
  get crash(): SimulatedCrash | undefined {
    return this.#crash;
  }

  reach(place: CrashPlace): void {
    this.throwIfCrashed();
    this.#visits.push(place);
    const arrival = this.#visits.filter((visit) => visit === place).length;
    if (place !== this.#plan?.place || arrival !== this.#plan.arrival) return;
    this.#crash = new SimulatedCrash(this.#plan);
    throw this.#crash;
  }

  /** Keeps a dead process from doing anything more, see `withCrash`. */
  throwIfCrashed(): void {
    if (this.#crash !== undefined) throw this.#crash;
  }
}
