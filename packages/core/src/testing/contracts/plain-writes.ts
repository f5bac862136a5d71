import { sha256 } from '../../journal/hash.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { WritePlan } from '../../workspace/write-plan.ts';

/** A write with its texts in place of their hashes. */
export interface PlainWrite {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Carries writes out, given as texts. */
export function applyWrites(workspace: Workspace, writes: readonly PlainWrite[]): Promise<void> {
  const contents = new Map(writes.map(({ after }) => [sha256(after ?? ''), after ?? '']));
  return workspace.apply(toPlan(writes), async (hash) => contents.get(hash) ?? '');
}

/** The plan for writes given as texts. */
export function toPlan(writes: readonly PlainWrite[]): WritePlan {
  return {
    writes: writes.map(({ path, before, after }) => ({
      path,
      before: before === null ? null : sha256(before),
      after: after === null ? null : sha256(after),
      bytes: new TextEncoder().encode(after ?? '').length,
    })),
  };
}
