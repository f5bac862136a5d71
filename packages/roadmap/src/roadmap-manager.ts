import type { HistoryEntry } from './history/history.ts';
import { replayMutations } from './history/replay-mutations.ts';
import { applyMutation } from './mutation/apply-mutation.ts';
import type { MutationOutcome } from './mutation/apply-mutation.ts';
import type { RoadmapChange } from './mutation/roadmap-change.ts';
import type { Roadmap } from './roadmap.ts';

/**
 * Holds the current version of a roadmap and how it came about; use it where several authors change one roadmap.
 *
 * Memory grows with the changes: earlier versions are not kept, {@link replayMutations} gives them back.
 *
 * @example
 * ```ts
 * const manager = new RoadmapManager(createRoadmap(stages));
 * manager.apply({ id: 'c1', author: 'manager', at, mutation: { type: 'start', stageId: 'shop' } });
 * ```
 */
export class RoadmapManager {
  readonly #applied = new Map<string, HistoryEntry>();
  #current: Roadmap;
  #history: readonly HistoryEntry[] | undefined;

  constructor(initial: Roadmap) {
    this.#current = initial;
  }

  /**
   * A manager that stands where the recorded history ends.
   *
   * @throws {@link HistoryGapError} when an entry is missing or out of order.
   */
  static replay(initial: Roadmap, entries: readonly HistoryEntry[]): RoadmapManager {
    const manager = new RoadmapManager(replayMutations(initial, entries));
    for (const entry of entries) {
      manager.#applied.set(entry.change.id, entry);
    }
    return manager;
  }

  /** The newest version. */
  get current(): Roadmap {
    return this.#current;
  }

  /** Every change that was applied, oldest first. The list does not grow when the roadmap does; ask again. */
  get history(): readonly HistoryEntry[] {
    this.#history ??= [...this.#applied.values()];

    return this.#history;
  }

  /**
   * Applies a change to the current version, once for each change id. A change that is refused leaves everything as
   * it was.
   *
   * @throws the errors of {@link applyMutation}.
   */
  apply(change: RoadmapChange): MutationOutcome {
    const outcome = applyMutation(this.#current, change, this.#applied);

    if (!outcome.isRepeat) {
      this.#applied.set(change.id, outcome.entry);
      this.#current = outcome.roadmap;
      this.#history = undefined;
    }
    return outcome;
  }
}
