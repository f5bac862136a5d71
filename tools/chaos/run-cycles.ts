import { crashPlaces, type ModeName } from '@jarvis/core';

import { type CyclePlan, describeKill, planCycles } from './cycle-plan.ts';
import type { Evidence } from './evidence.ts';
import { PosterProcess } from './poster-process.ts';
import { type CycleReport, runCycle, runReference } from './run-cycle.ts';

export interface ChaosOptions {
  readonly cycles: number;
  readonly seed: number;
  /** The modes the cycles are spread over. */
  readonly modes: readonly ModeName[];
  /** How many cycles run side by side. */
  readonly lanes: number;
  readonly onCycle: (line: string) => void;
}

export interface ChaosReport {
  /** One entry for each cycle in which an oracle complained. */
  readonly failures: readonly string[];
  readonly cycles: number;
  readonly kills: number;
  readonly requests: number;
  /** Processes that were killed although they went on with a run that was killed before. */
  readonly killsOfResumes: number;
  /** How often a process was killed at each place. */
  readonly places: ReadonlyMap<string, number>;
}

/** Kills and resumes runs as the seed says, and asks the oracles after each. */
export async function runCycles({ cycles, seed, modes, lanes, onCycle }: ChaosOptions): Promise<ChaosReport> {
  await using poster = new PosterProcess();
  const plans = planCycles({ cycles, seed, modes });
  // One after the other: how long they take is what later runs are measured by.
  const references = new Map<ModeName, Evidence>();
  for (const mode of new Set(plans.map((plan) => plan.mode))) {
    references.set(mode, await runReference(mode, poster));
  }
  const waiting = plans.map((plan, index) => ({ plan, number: index + 1 }));
  const reports: { readonly report: CycleReport; readonly line: string }[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const reference = references.get(next.plan.mode);
      if (reference === undefined) throw new Error(`there is no undisturbed run in ${next.plan.mode}`);
      const report = await runCycle(next.plan, reference, poster);
      const line = renderCycle(next.number, next.plan, report);
      reports.push({ report, line });
      onCycle(line);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return {
    failures: reports.filter(({ report }) => report.problems.length > 0).map(({ line }) => line),
    cycles,
    kills: reports.reduce((sum, { report }) => sum + report.kills, 0),
    killsOfResumes: reports.reduce((sum, { report }) => sum + Math.max(0, report.kills - 1), 0),
    requests: reports.reduce((sum, { report }) => sum + report.requests, 0),
    places: countPlaces(reports.flatMap(({ report }) => report.killedAt)),
  };
}

/** Every place there is, also those where nothing was killed. */
function countPlaces(killedAt: readonly string[]): ReadonlyMap<string, number> {
  const restores = ['restore: apply.temp-written', 'restore: apply.file-written'];
  const counts = new Map<string, number>([...crashPlaces, ...restores].map((place) => [place, 0]));
  for (const place of killedAt) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

function renderCycle(
  number: number,
  { mode, kills }: CyclePlan,
  { problems, kills: killed }: CycleReport,
): string {
  const planned = kills.map(describeKill).join(', then ');
  const verdict = problems.length === 0 ? 'ok' : `FAILED\n    ${problems.join('\n    ')}`;
  const missed = killed < kills.length ? ' (run was over first)' : '';
  return `cycle ${String(number)}, ${mode}: kill ${planned}${missed}: ${verdict}`;
}
