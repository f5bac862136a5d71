import type { Evidence } from '../evidence.ts';

/**
 * O5: the run has ended exactly once, as the undisturbed one did, with nothing recorded after it; and it stood still
 * for nothing but money. That the chain of records has no gap and no change was proved when the evidence was read.
 */
export function checkJournal({ records }: Evidence, reference: Evidence): readonly string[] {
  const ends = endsOf({ records });
  const wanted = endsOf(reference);
  const last = records.at(-1);
  const pauses = records.flatMap((record) =>
    record.type === 'run.paused' && record.data.reason !== 'budget' ? [record.data] : [],
  );
  return [
    ...(ends.join() === wanted.join() ? [] : [`ended as [${ends.join()}] instead of [${wanted.join()}]`]),
    ...(ends.length === 0 || last?.type === 'run.ended'
      ? []
      : [`${String(last?.type)} was recorded after the end`]),
    ...pauses.map(({ status, reason, message }) => `stood still as ${status}/${reason}: ${message}`),
  ];
}

function endsOf({ records }: Pick<Evidence, 'records'>): readonly string[] {
  return records.flatMap((record) =>
    record.type === 'run.ended' ? [`${record.data.status}/${record.data.reason}`] : [],
  );
}
