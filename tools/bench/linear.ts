import { z } from 'zod';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { median, renderMegabytes, renderMs } from './figures.ts';
import type { RoundsOrder } from './rounds-worker.ts';
import { outputOf, runWorker } from './run-process.ts';

const figuresSchema = z.object({
  status: z.literal('done'),
  records: z.number(),
  /** When each round began, and when the last was over. */
  startsMs: z.array(z.number()),
  rssBytes: z.number(),
});

/** The lengths of the runs, in rounds, in each world. */
export type LinearSize = Readonly<Record<RoundsOrder['world'], readonly number[]>>;

const LENGTHS = [100, 400, 1_600];

/** Whether a round becomes slower the more there were before it. */
export const linearBench: Bench = {
  name: 'linear',
  summary: 'a run of many rounds; to be had: the last as fast as the tenth, within a half, and 300 MB',
  run: () => measureLinearity({ memory: LENGTHS, journal: LENGTHS, project: LENGTHS.slice(0, 2) }),
};

const PLACES = {
  memory: 'in memory',
  journal: 'with the journal on disk',
  project: 'with checks, files and journal',
};

/** Drives runs of several lengths, each in a process of its own. */
export async function measureLinearity(size: LinearSize): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const world of ['memory', 'journal', 'project'] as const) {
    for (const rounds of size[world]) {
      lines.push(await inFolder((folder) => measure({ world, rounds, folder })));
    }
  }
  return lines;
}

async function measure(order: RoundsOrder): Promise<string> {
  const printed: unknown = JSON.parse(outputOf(await runWorker('rounds-worker.ts', order)));
  const { records, startsMs, rssBytes } = figuresSchema.parse(printed);
  const tookMs = startsMs.slice(1).map((startMs, index) => startMs - (startsMs[index] ?? startMs));
  const { early, late } = compareEnds(tookMs);
  return [
    `${order.rounds.toLocaleString('en').padStart(5)} rounds ${PLACES[order.world]}, ${records.toLocaleString('en')} records:`,
    `${renderMs(median(tookMs))} a round,`,
    `last / tenth ${(late / early).toFixed(2)} (${renderMs(late)} and ${renderMs(early)}),`,
    `${renderMegabytes(rssBytes)} at most`,
  ].join(' ');
}

/** The medians of as many rounds from the tenth on as there are at the end; a twentieth of the run each. */
function compareEnds(tookMs: readonly number[]) {
  const width = Math.max(3, Math.ceil(tookMs.length / 20));
  const from = Math.min(9, tookMs.length - width);
  return { early: median(tookMs.slice(from, from + width)), late: median(tookMs.slice(-width)) };
}
