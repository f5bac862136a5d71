import { type PlannedWrite, sha256 } from '@jarvis/core';

import type { KeptHistory, KeptRound } from './read-history.ts';
import type { DatedDraft } from './to-records.ts';

/** The kept files of a round as changes since the round before. */
export interface HistoryRound {
  readonly number: number;
  readonly writes: readonly PlannedWrite[];
}

/** The files that were copied whole in modes which copy the whole folder: the others were never kept. */
const COPIED = /\.(?:html|css|tsx?|jsx?|json)$/u;

/**
 * What each round changed. What a round did not keep it did not touch, unless it kept the whole folder: then it was
 * gone.
 */
export function toRounds({ rounds }: KeptHistory, isWhole: boolean): readonly HistoryRound[] {
  const known = new Map<string, string>();
  return rounds.map((round) => {
    const writes = [
      ...[...round.files].flatMap(([path, { hash, bytes }]): PlannedWrite[] => {
        const before = known.get(path) ?? null;
        return before === hash ? [] : [{ path, before, after: hash, bytes }];
      }),
      ...(isWhole ? listGone(known, round) : []),
    ];
    for (const { path, after } of writes) {
      if (after === null) known.delete(path);
      else known.set(path, after);
    }
    return { number: round.number, writes };
  });
}

/** What was there and could not be kept is not gone. */
function listGone(known: ReadonlyMap<string, string>, { places }: KeptRound): readonly PlannedWrite[] {
  return [...known]
    .filter(([path]) => COPIED.test(path) && !places.has(path))
    .map(([path, before]) => ({ path, before, after: null, bytes: 0 }));
}

/** The records that keep a round of an imported run for `restore`. */
export function toHistoryRecords(
  { number: round, writes }: HistoryRound,
  { atMs, isNew }: { readonly atMs: number; readonly isNew: boolean },
): readonly DatedDraft[] {
  const actionId = `import-files-${String(round)}`;
  const step = { actionId, stepId: actionId, ordinal: 1, name: 'workspace.apply', key: {} };
  const applied = {
    type: 'applied',
    round,
    paths: writes.flatMap(({ path, after }) => (after === null ? [] : [path])),
    deleted: writes.flatMap(({ path, after }) => (after === null ? [path] : [])),
  };
  const drafts: readonly Omit<DatedDraft, 'atMs'>[] = [
    ...(isNew ? toWork(round) : []),
    { type: 'action.opened', data: { actionId, action: { type: 'apply', round } } },
    { type: 'step.started', data: { ...step, intent: { writes } } },
    { type: 'step.finished', data: { ...step, result: { conflicts: [] } } },
    { type: 'action.closed', data: { actionId, result: applied } },
  ];
  return drafts.map((draft) => ({ ...draft, atMs }));
}

/** A round nothing else is known of. */
function toWork(round: number): readonly Omit<DatedDraft, 'atMs'>[] {
  const actionId = `import-round-${String(round)}`;
  const summary = 'What the predecessor kept of the round';
  const result = { type: 'worked', round, summary, files: [], base: sha256('') };
  return [
    { type: 'action.opened', data: { actionId, action: { type: 'work', round } } },
    { type: 'action.closed', data: { actionId, result } },
  ];
}
