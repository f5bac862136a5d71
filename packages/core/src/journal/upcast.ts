import { RecordTooNewError, UpcastMissingError } from './journal-errors.ts';
import type { JournalRecord } from './journal-record.ts';

/** Lifts the facts of a record from one version of their shape to the next. Pure: the stored record stays. */
export type Upcast = (data: unknown) => unknown;

/**
 * How older records are lifted: by type, and by the version a step starts from. A type that is not named has never
 * changed its shape and has version 1.
 */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

/** The version in which records of a type are written today. */
export function currentVersion(type: string, upcasts: Upcasts): number {
  const steps = Object.hasOwn(upcasts, type) ? upcasts[type] : undefined;
  return Math.max(0, ...Object.keys(steps ?? {}).map(Number)) + 1;
}

/**
 * The record as today's release writes it. Use it on every record that is read, before its facts are parsed.
 *
 * @throws {@link RecordTooNewError} when a newer release wrote it.
 * @throws {@link UpcastMissingError} when a step between its version and today's is not there.
 */
export function upcastRecord(record: JournalRecord, upcasts: Upcasts): JournalRecord {
  const { runId, seq, type } = record;
  const knownVersion = currentVersion(type, upcasts);
  if (record.version > knownVersion) {
    throw new RecordTooNewError({ runId, seq, type, version: record.version, knownVersion });
  }
  let { data } = record;
  for (let version = record.version; version < knownVersion; version += 1) {
    const step = upcasts[type]?.[version];
    if (step === undefined) throw new UpcastMissingError({ type, version });
    data = step(data);
  }
  return record.version === knownVersion ? record : { ...record, version: knownVersion, data };
}
