import type { Kill } from './cycle-plan.ts';
import { findRunId, type Folders } from './evidence.ts';
import { readResult, runWorker, type WorkerEnd, type WorkerResult } from './run-worker.ts';
import { CAP_RAISE_USD, CONFIG } from './scenario.ts';

/** No run needs more processes than this, however it is killed and stopped. */
const MOST_PROCESSES = 12;

/** A kill that is still to come, told from the start of the next process. */
type Threat =
  | { readonly type: 'place'; readonly place: string; readonly arrival: number }
  | { readonly type: 'moment'; readonly afterMs: number };

/** One run that is to be brought to its end. */
interface Play {
  readonly folders: Folders;
  readonly baseUrl: string;
  readonly threats: readonly Threat[];
}

/** How a run came to its end. */
interface Ending {
  readonly crashes: number;
  /** How long all its processes took, in milliseconds. */
  readonly tookMs: number;
}

/** A planned kill, in terms of the time the undisturbed run took. */
export function toThreat(kill: Kill, referenceMs: number): Threat {
  return kill.type === 'place' ? kill : { type: 'moment', afterMs: kill.fraction * referenceMs };
}

/** Starts, kills and resumes processes until the run is over; when the money is spent, the cap is raised. */
export async function runToEnd({ folders, baseUrl, threats }: Play): Promise<Ending> {
  let waiting = threats;
  let capUsd: number = CONFIG.costs.capUsd;
  let amended: number | undefined;
  let crashes = 0;
  let tookMs = 0;
  for (let started = 0; started < MOST_PROCESSES; started += 1) {
    const runId = started === 0 ? undefined : await findRunId(folders);
    const [threat, ...later] = waiting;
    const end = await runThreatened({ ...folders, baseUrl, runId, capUsd: amended }, threat);
    tookMs += end.tookMs;
    amended = undefined;
    if (end.wasKilled) {
      if (threat === undefined) throw new Error('a worker that nobody meant to kill did not come to an end');
      crashes += 1;
      waiting = later;
      continue;
    }
    const result = readResult(end);
    if (result.reason !== 'budget') return { crashes, tookMs };
    waiting = threat === undefined ? [] : [approach(threat, end, result), ...later];
    capUsd += CAP_RAISE_USD;
    amended = capUsd;
  }
  throw new Error(`the run did not come to an end in ${String(MOST_PROCESSES)} processes`);
}

function runThreatened(order: Parameters<typeof runWorker>[0], threat: Threat | undefined) {
  if (threat?.type !== 'place') return runWorker(order, threat?.afterMs);
  const { place, arrival } = threat;
  return runWorker({ ...order, crash: { place, arrival } });
}

/** The same kill, as it looks from the end of a process it did not hit. */
function approach(threat: Threat, { tookMs }: WorkerEnd, { arrivals }: WorkerResult): Threat {
  return threat.type === 'place'
    ? { ...threat, arrival: threat.arrival - arrivals }
    : { ...threat, afterMs: Math.max(0, threat.afterMs - tookMs) };
}
