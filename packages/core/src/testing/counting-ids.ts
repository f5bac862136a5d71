import type { IdSource } from '../context/id-source.ts';

/** Names runs `run-1`, `run-2` … in the order they are asked for. */
export class CountingIds implements IdSource {
  #count = 0;

  newRunId(): string {
    this.#count += 1;
    return `run-${String(this.#count)}`;
  }
}
