import { HistoryGapError, UnknownVersionError } from './errors.ts';
import type { HistoryEntry } from './history/history.ts';
import { replayMutations } from './history/replay-mutations.ts';
import { applyMutation } from './mutation/apply-mutation.ts';
import type { MutationOutcome } from './mutation/apply-mutation.ts';
import type { RoadmapChange } from './mutation/roadmap-change.ts';
import { RoadmapClosedError } from './restructure-errors.ts';
import type { Roadmap } from './roadmap.ts';

/** How many changes lie between two versions that are kept whole, at least. */
const KEPT_APART = 64;

/**
 * Holds the current version of a roadmap and how it came about; use it where several authors change one roadmap.
 *
 * Memory grows with the changes and not with the roadmap: of the earlier versions every change is kept, but a whole
 * version only after as many changes as it has stages. {@link RoadmapManager.at} repeats the changes since that one.
 *
 * @example
 * ```ts
 * const manager = new RoadmapManager(createRoadmap(stages));
 * manager.apply({ id: 'c1', author: 'manager', at, mutation: { type: 'start', stageId: 'shop' } });
 * ```
 */
export class RoadmapManager {
  readonly #applied = new Map<string, HistoryEntry>();
  readonly #kept: Roadmap[];
  #current: Roadmap;
  #history: readonly HistoryEntry[] | undefined;
  #closedBecause: string | undefined;

  constructor(initial: Roadmap) {
    this.#current = initial;
    this.#kept = [initial];
  }

  /**
   * A manager that stands where the recorded history ends.
   *
   * @throws {@link HistoryGapError} when an entry is missing or out of order.
   */
  static replay(initial: Roadmap, entries: readonly HistoryEntry[]): RoadmapManager {
    const manager = new RoadmapManager(initial);
    for (const { version, change } of entries) {
      const { entry } = manager.apply(change);
      if (entry.version !== version) {
        throw new HistoryGapError({
          changeId: change.id,
          entryVersion: version,
          nextVersion: entry.version,
        });
      }
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
   * An earlier version, or the current one.
   *
   * @throws {@link UnknownVersionError} when it lies before the first version or after the current one.
   */
  at(version: number): Roadmap {
    const first = this.#kept[0]?.version ?? this.#current.version;
    const base = this.#kept.findLast((roadmap) => roadmap.version <= version);
    if (base === undefined || version > this.#current.version || !Number.isInteger(version)) {
      throw new UnknownVersionError({ version, first, last: this.#current.version });
    }
    return version === this.#current.version
      ? this.#current
      : replayMutations(base, this.history.slice(base.version - first, version - first));
  }

  /**
   * Applies a change to the current version, once for each change id. A change that is refused leaves everything as
   * it was.
   *
   * @throws {@link RoadmapClosedError} when the roadmap is closed and the change is a new one.
   * @throws the errors of {@link applyMutation}.
   */
  apply(change: RoadmapChange): MutationOutcome {
    if (this.#closedBecause !== undefined && !this.#applied.has(change.id)) {
      throw new RoadmapClosedError({ reason: this.#closedBecause, changeId: change.id });
    }
    const outcome = applyMutation(this.#current, change, this.#applied);

    if (!outcome.isRepeat) {
      this.#applied.set(change.id, outcome.entry);
      this.#current = outcome.roadmap;
      this.#history = undefined;
      this.#keepWhole(outcome.roadmap);
    }
    return outcome;
  }

  /**
   * Lets no new change in any more; use it when the work is over. The first reason stays.
   *
   * @param reason why, for whoever comes too late: `the run is done`
   */
  close(reason: string): void {
    this.#closedBecause ??= reason;
  }

  /** As many changes apart as there are stages, the kept versions cost one reference for each change. */
  #keepWhole(roadmap: Roadmap): void {
    const last = this.#kept.at(-1)?.version ?? 0;
    if (roadmap.version - last >= Math.max(KEPT_APART, roadmap.stages.length)) {
      this.#kept.push(roadmap);
    }
  }
}
