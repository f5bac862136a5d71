import type { Evidence } from '../evidence.ts';

/** What another process posted to the run is on record once, however often the process that took it was killed. */
export function checkAmendment({ records, terms: { amendedRounds } }: Evidence): readonly string[] {
  const applied = records.flatMap((record) =>
    record.type === 'run.amended' && record.data.maxRounds !== undefined ? [record.data.maxRounds] : [],
  );
  return applied.join() === String(amendedRounds)
    ? []
    : [`rounds were amended to [${applied.join()}] instead of [${String(amendedRounds)}]`];
}
