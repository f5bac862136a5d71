import type { Evidence } from '../evidence.ts';

/**
 * O5: the run has ended exactly once, as the undisturbed one did, with nothing recorded after it; and it stood still
 * for nothing but money; and roadmap and stages have changed as in the undisturbed run, each change once. That the chain of records has no gap and no change was proved when the evidence was read.
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
    ...checkChanges({ records }, reference),
    ...pauses.map(({ status, reason, message }) => `stood still as ${status}/${reason}: ${message}`),
  ];
}

function endsOf({ records }: Pick<Evidence, 'records'>): readonly string[] {
  return records.flatMap((record) =>
    record.type === 'run.ended' ? [`${record.data.status}/${record.data.reason}`] : [],
  );
}

/** The moments at which changes were made are their own. */
function checkChanges({ records }: Pick<Evidence, 'records'>, reference: Evidence): readonly string[] {
  const [made, wanted] = [changesOf({ records }), changesOf(reference)];
  const place = wanted.findIndex((change, index) => made[index] !== change);
  if (made.length === wanted.length && place === -1) return [];
  const at = place === -1 ? wanted.length : place;
  return [
    `change ${String(at + 1)} of the stages is ${made[at] ?? 'missing'} instead of ${wanted[at] ?? 'nothing'}`,
  ];
}

function changesOf({ records }: Pick<Evidence, 'records'>): readonly string[] {
  return records.flatMap(({ type, data }) => {
    if (type === 'roadmap.changed') {
      const { id, mutation } = data.change;
      return [JSON.stringify([type, id, mutation, data.source])];
    }
    return type === 'roadmap.refused' || type === 'stage.changed' ? [JSON.stringify([type, data])] : [];
  });
}
