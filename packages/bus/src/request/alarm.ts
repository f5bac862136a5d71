import type { Clock } from '@jarvis/core';

/** What measures the time of deadlines. A `Clock` of `@jarvis/core` is one. */
export type BusTimer = Pick<Clock, 'monotonicMs' | 'sleep'>;

/**
 * One sleep for any number of deadlines. It is begun after the work that is going on, so that a request which is
 * answered at once costs no timer, and it ends with the last deadline, so that nothing keeps the process alive.
 */
export class Alarm {
  readonly #timer: BusTimer;
  readonly #ring: (keys: readonly string[]) => void;
  readonly #dueMs = new Map<string, number>();
  #earliestMs = Infinity;
  #armedMs = Infinity;
  #sleeping: AbortController | undefined;
  #isArming = false;

  constructor(timer: BusTimer, ring: (keys: readonly string[]) => void) {
    this.#timer = timer;
    this.#ring = ring;
  }

  set(key: string, afterMs: number): void {
    const dueMs = this.#timer.monotonicMs() + afterMs;
    this.#dueMs.set(key, dueMs);
    this.#earliestMs = Math.min(this.#earliestMs, dueMs);
    this.#armSoon();
  }

  clear(key: string): void {
    if (this.#dueMs.delete(key) && this.#dueMs.size === 0) this.#armSoon();
  }

  /** Forgets everything. */
  close(): void {
    this.#dueMs.clear();
    this.#armSoon();
  }

  #armSoon(): void {
    if (this.#isArming) return;
    this.#isArming = true;
    queueMicrotask(() => {
      this.#isArming = false;
      this.#arm();
    });
  }

  #arm(): void {
    if (this.#dueMs.size === 0) this.#earliestMs = Infinity;
    // A sleep that ends too early does no harm; it looks for the next deadline.
    else if (this.#armedMs <= this.#earliestMs) return;
    this.#sleeping?.abort();
    this.#sleeping = undefined;
    this.#armedMs = this.#earliestMs;
    if (this.#dueMs.size === 0) return;

    this.#sleeping = new AbortController();
    void this.#sleep(this.#sleeping.signal);
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    try {
      await this.#timer.sleep(Math.max(0, this.#armedMs - this.#timer.monotonicMs()), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (!signal.aborted) this.#wake();
  }

  #wake(): void {
    const nowMs = this.#timer.monotonicMs();
    const due = [...this.#dueMs].filter(([, dueMs]) => dueMs <= nowMs).map(([key]) => key);
    for (const key of due) this.#dueMs.delete(key);
    this.#earliestMs = [...this.#dueMs.values()].reduce((least, dueMs) => Math.min(least, dueMs), Infinity);
    this.#armedMs = Infinity;
    this.#armSoon();
    this.#ring(due);
  }
}
