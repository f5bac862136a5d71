import type { Evidence } from '../evidence.ts';

/**
 * O5: the run has ended exactly once, as the undisturbed one did. That the chain of records has no gap and no
 * change was proved when the evidence was read.
 */
export function checkJournal({ records }: Evidence, reference: Evidence): readonly string[] {
  const ends = endsOf({ records });
  const wanted = endsOf(reference);
  return ends.join() === wanted.join() ? [] : [`ended as [${ends.join()}] instead of [${wanted.join()}]`];
}

function endsOf({ records }: Pick<Evidence, 'records'>): readonly string[] {
  return records.flatMap((record) =>
    record.type === 'run.ended' ? [`${record.data.status}/${record.data.reason}`] : [],
  );
}
