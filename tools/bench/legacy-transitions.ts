import type { RunRecord } from '@jarvis/loops';

/**
 * How long each change of stages took, in milliseconds: from the record that a stage is complete to the first question
 * of the work on the next one. After the last stage there is none. A clock that was set back counts as no time.
 */
export function measureTransitions(records: readonly RunRecord[]): readonly number[] {
  const transitionsMs: number[] = [];
  let completedAtMs: number | undefined;
  let isNextStarted = false;
  for (const record of records) {
    const mutation = record.type === 'roadmap.changed' ? record.data.change.mutation.type : undefined;
    if (mutation === 'complete') [completedAtMs, isNextStarted] = [record.atMs, false];
    if (mutation === 'start') isNextStarted = true;
    if (record.type !== 'attempt.opened' || completedAtMs === undefined || !isNextStarted) continue;
    transitionsMs.push(Math.max(0, record.atMs - completedAtMs));
    completedAtMs = undefined;
  }
  return transitionsMs;
}
