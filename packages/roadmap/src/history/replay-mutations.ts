import { HistoryGapError } from '../errors.ts';
import { applyMutation } from '../mutation/apply-mutation.ts';
import type { Roadmap } from '../roadmap.ts';
import type { HistoryEntry } from './history.ts';

/**
 * Gives the roadmap that a history leads to; use it to read a roadmap back from records.
 *
 * An entry that comes twice counts once. `initial` may be any version, followed by the entries after it.
 *
 * @throws {@link HistoryGapError} when an entry is missing or out of order.
 */
export function replayMutations(initial: Roadmap, entries: readonly HistoryEntry[]): Roadmap {
  const applied = new Map<string, HistoryEntry>();
  let roadmap = initial;

  for (const { version, change } of entries) {
    const outcome = applyMutation(roadmap, change, applied);
    if (outcome.entry.version !== version) {
      throw new HistoryGapError({
        changeId: change.id,
        entryVersion: version,
        nextVersion: outcome.entry.version,
      });
    }
    applied.set(change.id, outcome.entry);
    roadmap = outcome.roadmap;
  }
  return roadmap;
}
