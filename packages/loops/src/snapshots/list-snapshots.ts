import { type PlannedWrite, writePlanSchema } from '@jarvis/core';
import { z } from 'zod';

import type { RunRecord } from '../engine/run-records.ts';

/** A moment of a run whose files can be brought back. */
export interface Snapshot {
  /**
   * 0 is the moment before the run changed anything, which an imported run does not have; every other number the
   * moment after that round had written.
   */
  readonly round: number;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** How many files the round wrote or deleted. */
  readonly changed: number;
}

/** What one round did to the files, or had begun to do when its process died. */
export interface RoundChanges {
  readonly round: number;
  readonly atMs: number;
  readonly writes: readonly PlannedWrite[];
  /** Whether all of it was done. */
  readonly isWhole: boolean;
}

/**
 * The moments of a run whose files `restore` can bring back, oldest first. A round that was only half carried out is
 * none of them.
 */
export function listSnapshots(records: readonly RunRecord[]): readonly Snapshot[] {
  const [first] = records;
  if (first?.type !== 'run.accepted') return [];
  const rounds = foldChanges(records)
    .filter(({ isWhole }) => isWhole)
    .map(({ round, atMs, writes }) => ({ round, atMs, changed: writes.length }));
  return first.data.isImported === true ? rounds : [{ round: 0, atMs: first.atMs, changed: 0 }, ...rounds];
}

const outcomeSchema = z.object({ conflicts: z.array(z.string()) });

/** Everything a run did to the files, in order. What met a conflict wrote nothing and is not there. */
export function foldChanges(records: readonly RunRecord[]): readonly RoundChanges[] {
  const roundOf = new Map<string, number>();
  const changes = new Map<string, RoundChanges>();
  for (const record of records) {
    if (record.type === 'action.opened' && record.data.action.type === 'apply')
      roundOf.set(record.data.actionId, record.data.action.round);
    if (record.type === 'step.started') noteStart(changes, record, roundOf.get(record.data.actionId));
    if (record.type === 'step.finished') noteEnd(changes, record);
  }
  return [...changes.values()];
}

type Recorded<Type extends RunRecord['type']> = Extract<RunRecord, { type: Type }>;

function noteStart(
  changes: Map<string, RoundChanges>,
  { data, atMs }: Recorded<'step.started'>,
  round: number | undefined,
): void {
  const plan = writePlanSchema.safeParse(data.intent);
  if (round === undefined || data.name !== 'workspace.apply' || !plan.success) return;
  changes.set(data.stepId, { round, atMs, writes: plan.data.writes, isWhole: false });
}

function noteEnd(changes: Map<string, RoundChanges>, { data, atMs }: Recorded<'step.finished'>): void {
  const begun = changes.get(data.stepId);
  if (begun === undefined) return;
  const outcome = outcomeSchema.safeParse(data.result);
  if (outcome.data?.conflicts.length === 0) changes.set(data.stepId, { ...begun, atMs, isWhole: true });
  else changes.delete(data.stepId);
}
