import { checkSnapshots } from './check-snapshots.ts';
import type { Kill } from './cycle-plan.ts';
import { type Course, findRunId, type Folders, type ProcessEnd } from './evidence.ts';
import { readResult, runCommand, runWorker, type WorkerResult } from './run-worker.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** No run needs more processes than this, however it is killed and stopped. */
const MOST_PROCESSES = 12;

/** A kill that is still to come, told from the start of the next process. */
type Threat =
  | { readonly type: 'place'; readonly place: string; readonly arrival: number }
  | { readonly type: 'moment'; readonly afterMs: number };

/** One run that is to be brought to its end. */
interface Play {
  readonly scenario: Scenario;
  readonly folders: Folders;
  readonly baseUrl: string;
  readonly threats: readonly Threat[];
  /** How many requests the server has seen. */
  readonly countRequests: () => number;
}

/** A planned kill, in terms of the time the undisturbed run took. */
export function toThreat(kill: Kill, referenceMs: number): Threat {
  return kill.type === 'place' ? kill : { type: 'moment', afterMs: kill.fraction * referenceMs };
}

/** Starts, kills and resumes processes until the run is over; when the money is spent, the cap is raised. */
export async function runToEnd({
  scenario: { mode, terms },
  folders,
  baseUrl,
  threats,
  countRequests,
}: Play): Promise<Omit<Course, 'requests' | 'terms'>> {
  const processes: ProcessEnd[] = [];
  let waiting = threats;
  let { capUsd } = terms;
  let amended: number | undefined;
  let kills: readonly KillDone[] = [];
  for (let started = 0; started < MOST_PROCESSES; started += 1) {
    const runId = started === 0 ? undefined : await findRunId(folders);
    const [threat, ...later] = waiting;
    const end = await runThreatened({ ...folders, baseUrl, mode, runId, capUsd: amended }, threat);
    processes.push(end);
    amended = undefined;
    if (end.wasKilled) {
      if (threat === undefined) throw new Error('a worker that nobody meant to kill did not come to an end');
      const snapshotProblems = await checkSnapshots(folders);
      const place = threat.type === 'place' ? [threat.place] : [];
      kills = [
        ...kills,
        { processes: processes.length, askedBefore: countRequests(), snapshotProblems, place },
      ];
      waiting = later;
      continue;
    }
    const result = readResult(end);
    if (result.reason !== 'budget') return tellCourse(processes, kills);
    waiting = threat === undefined ? [] : [approach(threat, end, result), ...later];
    capUsd += terms.capRaiseUsd;
    amended = capUsd;
  }
  throw new Error(`the run did not come to an end in ${String(MOST_PROCESSES)} processes`);
}

/** A kill that happened: after how many processes and requests. */
interface KillDone {
  readonly processes: number;
  readonly askedBefore: number;
  readonly snapshotProblems: readonly string[];
  /** Where, if it was at a place. */
  readonly place: readonly string[];
}

function tellCourse(
  processes: readonly ProcessEnd[],
  kills: readonly KillDone[],
): Omit<Course, 'requests' | 'terms'> {
  const course = {
    processes,
    crashes: kills.length,
    tookMs: sumTimes(processes),
    snapshotProblems: kills.flatMap(({ snapshotProblems }) => snapshotProblems),
    killedAt: kills.flatMap(({ place }) => place),
  };
  const last = kills.at(-1);
  if (last === undefined) return course;
  const tookMs = sumTimes(processes.slice(last.processes));
  return { ...course, afterLastKill: { tookMs, askedBefore: last.askedBefore } };
}

function sumTimes(processes: readonly ProcessEnd[]): number {
  return processes.reduce((sum, { tookMs }) => sum + tookMs, 0);
}

/** Only a worker kills itself at a place; else a run is gone on with as a person would, through the command. */
function runThreatened(order: Parameters<typeof runWorker>[0], threat: Threat | undefined) {
  if (threat?.type !== 'place') {
    const { runId } = order;
    return runId === undefined
      ? runWorker(order, threat?.afterMs)
      : runCommand({ ...order, runId }, threat?.afterMs);
  }
  const { place, arrival } = threat;
  return runWorker({ ...order, crash: { place, arrival } });
}

/** The same kill, as it looks from the end of a process it did not hit. */
function approach(threat: Threat, { tookMs }: ProcessEnd, { arrivals }: WorkerResult): Threat {
  return threat.type === 'place'
    ? { ...threat, arrival: threat.arrival - arrivals }
    : { ...threat, afterMs: Math.max(0, threat.afterMs - tookMs) };
}
