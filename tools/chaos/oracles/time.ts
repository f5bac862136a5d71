import type { Evidence } from '../evidence.ts';

/** Cycles run side by side, and other programs beside them, on a machine on which the undisturbed run was alone. */
const CROWD = 6;

/** What a resume may take longer than the rest of the undisturbed run: relatively, and for its start. */
const SLOWER = 1.2;
const START_MS = 5_000;

/** O8: what was left to do after the last kill took about as long as it takes undisturbed. */
export function checkTime({ afterLastKill }: Evidence, reference: Evidence): readonly string[] {
  if (afterLastKill === undefined) return [];
  const { tookMs, askedBefore } = afterLastKill;
  const all = reference.requests.length;
  // The request that was on its way when the process was killed is made again.
  const share = Math.min(1, Math.max(1, all - askedBefore + 1) / all);
  const allowedMs = CROWD * (SLOWER * reference.tookMs * share + START_MS);
  return tookMs <= allowedMs
    ? []
    : [`the rest took ${tookMs.toFixed(0)} ms, more than ${allowedMs.toFixed(0)} ms`];
}
