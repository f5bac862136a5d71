import { type WritePlan, writePlanSchema } from '@jarvis/core';
import { listSnapshots, readRunRecords, type RunRecord } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';

import type { Folders } from './evidence.ts';

/** What is wrong with the snapshots of a run whose process was killed just now: the half one is not listed. */
export async function checkSnapshots(folders: Folders): Promise<readonly string[]> {
  const { journal, workspace } = await nodeRunContext(folders);
  try {
    const [runId] = await journal.listRuns();
    if (runId === undefined) return [];
    const records = await readRunRecords(journal, runId);
    const plans = listPlans(records);
    const paths = plans.at(-1)?.writes.map(({ path }) => path) ?? [];
    return judgeSnapshots({ records, onDisk: await workspace.hashFiles(paths) });
  } finally {
    await journal.close();
  }
}

/** The last round may be half written; all before it were whole when it began. */
function judgeSnapshots({
  records,
  onDisk,
}: {
  readonly records: readonly RunRecord[];
  readonly onDisk: ReadonlyMap<string, string>;
}): readonly string[] {
  const plans = listPlans(records);
  const listed = listSnapshots(records).filter(({ round }) => round > 0).length;
  const missing =
    plans.at(-1)?.writes.filter(({ path, after }) => (onDisk.get(path) ?? null) !== after) ?? [];
  return [
    ...(listed === plans.length && missing.length > 0
      ? [`a snapshot is listed, although ${missing.map(({ path }) => path).join(', ')} was not written yet`]
      : []),
    ...(listed < plans.length - 1
      ? [`${String(listed)} snapshots are listed of ${String(plans.length)} rounds that were begun`]
      : []),
  ];
}

function listPlans(records: readonly RunRecord[]): readonly WritePlan[] {
  return records.flatMap((record) => {
    if (record.type !== 'step.started' || record.data.name !== 'workspace.apply') return [];
    return [writePlanSchema.parse(record.data.intent)];
  });
}
