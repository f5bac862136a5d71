const MS_PER_SECOND = 1_000;

/** Above it a number counts milliseconds: as seconds it would lie beyond the year 5000. */
const MOST_SECONDS = 100_000_000_000;

/** In characters. */
const LONGEST = 100;

/** What is said of a moment that cannot have been. */
export const IN_FUTURE = 'a time stamp lies in the future; now was taken for it';

const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/u;

const STAMPS = [
  'timestamp',
  'ts',
  'time',
  'created_at',
  'started_at',
  'finished_at',
  'ended_at',
  'updated_at',
];

/** A moment as an old file has it, and what was assumed to read it. */
export interface ReadMoment {
  /** Milliseconds since 1970 UTC. */
  readonly ms: number;
  readonly note?: string;
}

/** The moments a document is about. */
export function readMoments(
  document: Readonly<Record<string, unknown>>,
  nowMs: number,
): readonly ReadMoment[] {
  return STAMPS.flatMap((name) => readMoment(document[name], nowMs) ?? []);
}

/**
 * Reads a time stamp: a text with or without a zone, seconds or milliseconds. One without a zone is taken for UTC, one
 * in the future for now.
 */
function readMoment(written: unknown, nowMs: number): ReadMoment | undefined {
  const ms = toMs(written);
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return undefined;
  if (ms > nowMs) return { ms: nowMs, note: IN_FUTURE };
  const isNaive = typeof written === 'string' && !ZONE.test(written.trim());
  return isNaive ? { ms, note: 'time stamps without a zone were taken for UTC' } : { ms };
}

function toMs(written: unknown): number | undefined {
  if (typeof written === 'number')
    return Math.round(written > MOST_SECONDS ? written : written * MS_PER_SECOND);
  if (typeof written !== 'string' || written.length > LONGEST || written.trim() === '') return undefined;
  const text = written.trim().replace(' ', 'T');
  return Date.parse(ZONE.test(text) ? text : `${text}Z`);
}
