import type { Clock } from '../context/clock.ts';

/** How a {@link FixedClock} starts, and what it does when someone sleeps. */
export interface FixedClockOptions {
  /** Wall-clock time at the start, in milliseconds since 1970 UTC. Default: the first moment of 2026. */
  readonly nowMs?: number;
  /**
   * `until-advanced` (the default): a sleep ends when {@link FixedClock.advance} passes its end.
   * `skipped`: as soon as nothing else can go on, time jumps to the next end of a sleep. For scenarios without
   * input or output of their own: a deadline over a real socket would pass before the first byte.
   */
  readonly sleeps?: 'until-advanced' | 'skipped';
}

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

const START_OF_2026 = 1_767_225_600_000;

/** A clock that stands still until a test moves it. */
export class FixedClock implements Clock {
  readonly #mode: 'until-advanced' | 'skipped';
  readonly #sleepers = new Set<Sleeper>();
  #wallMs: number;
  #elapsedMs = 0;
  #isOnTheJump = false;

  constructor({ nowMs = START_OF_2026, sleeps = 'until-advanced' }: FixedClockOptions = {}) {
    this.#wallMs = nowMs;
    this.#mode = sleeps;
  }

  nowMs(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!(ms > 0)) return;

    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { untilMs: this.#elapsedMs + ms, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
      if (this.#mode === 'skipped') void this.#skip();
    });
    signal?.throwIfAborted();
  }

  /** How many sleeps have neither ended nor been aborted: 0 when nothing was left behind. */
  get pendingSleeps(): number {
    return this.#sleepers.size;
  }

  /** Lets time pass: sleeps end in their order, and what they woke runs, before this resolves. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms;
    await settle();
    for (let next = this.#next(); next !== undefined && next.untilMs <= untilMs; next = this.#next()) {
      this.#moveTo(next.untilMs);
      next.wake();
      await settle();
    }
    this.#moveTo(untilMs);
  }

  /** Sets the wall clock, as an administrator or a time server does. What is measured stays as it is. */
  setWallClock(nowMs: number): void {
    this.#wallMs = nowMs;
  }

  async #skip(): Promise<void> {
    if (this.#isOnTheJump) return;
    this.#isOnTheJump = true;
    await settle();
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#moveTo(next.untilMs);
      next.wake();
      await settle();
    }
    this.#isOnTheJump = false;
  }

  #next(): Sleeper | undefined {
    return [...this.#sleepers].sort((a, b) => a.untilMs - b.untilMs)[0];
  }

  #moveTo(elapsedMs: number): void {
    const passedMs = Math.max(0, elapsedMs - this.#elapsedMs);
    this.#elapsedMs += passedMs;
    this.#wallMs += passedMs;
  }
}

/** Resolves once everything that is ready to go on has done so: a message arrives after all promise jobs. */
function settle(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.once('message', () => {
      port1.close();
      resolve();
    });
    port2.postMessage(null);
  });
}
