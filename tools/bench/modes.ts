import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { median, renderMegabytes, renderMs } from './figures.ts';
import type { ModesOrder } from './modes-worker.ts';
import { outputOf, runWorker } from './run-process.ts';

const figuresSchema = z.object({
  status: z.literal('done'),
  calls: z.number(),
  startsMs: z.array(z.number()),
  rssBytes: z.number(),
  rssAtFirstCall: z.number().nullable(),
  firstCallMs: z.number().nullable(),
});

type Figures = z.infer<typeof figuresSchema>;

/** How many stages runs have: with the journal on disk beside a bare loop, with everything real, and when resumed. */
export interface ModesSize {
  readonly journal: readonly number[];
  readonly project: readonly number[];
  readonly resumed: number;
}

/** What a run in stages costs beside a loop written by hand, and how it grows. */
export const modesBench: Bench = {
  name: 'modes',
  summary:
    'PHASE3 in many stages beside a bare loop over the SDK; to be had: stage 1,000 / stage 10 at most 1.5, 300 MB, 2 s to resume',
  run: () => measureModes({ journal: [10, 100, 1_000], project: [10, 100], resumed: 1_000 }),
};

/** Measures runs of each length in turn with a bare loop, against one server in a process of its own. */
export function measureModes({ journal, project, resumed }: ModesSize): Promise<readonly string[]> {
  return withServer((baseUrl) =>
    inFolder(async (parent) => {
      const lines: string[] = [];
      let runs = 0;
      const play = async (world: ModesOrder['world'], stages: number) => {
        runs += 1;
        const folder = join(parent, String(runs));
        const figures = read(await runWorker('modes-worker.ts', { world, stages, folder, baseUrl }));
        return { ...figures, bytes: sizeOf(folder) };
      };
      for (const stages of journal) {
        const [bare, run] = [await play('bare', stages), await play('journal', stages)];
        lines.push(renderRun(stages, 'journal on disk', run), renderBare(bare, run));
      }
      for (const stages of project)
        lines.push(renderRun(stages, 'everything real', await play('project', stages)));
      lines.push(await resume({ stages: resumed, folder: join(parent, 'resumed'), baseUrl }));
      return lines;
    }),
  );
}

function read(end: Parameters<typeof outputOf>[0]): Figures {
  return figuresSchema.parse(JSON.parse(outputOf(end)));
}

type Played = Figures & { readonly bytes: number };

function stageTimes({ startsMs }: Figures): readonly number[] {
  return startsMs.slice(1).map((startMs, index) => startMs - (startsMs[index] ?? startMs));
}

function perCall(played: Figures): number {
  const took = stageTimes(played).reduce((sum, ms) => sum + ms, 0);
  return took / played.calls;
}

function renderRun(stages: number, world: string, played: Played): string {
  const times = stageTimes(played);
  const width = Math.max(3, Math.ceil(times.length / 20));
  const from = Math.min(9, times.length - width);
  const [early, late] = [median(times.slice(from, from + width)), median(times.slice(-width))];
  return [
    `${stages.toLocaleString('en').padStart(5)} stages, ${world}: ${renderMs(median(times))} a stage,`,
    `${renderMs(perCall(played))} a call, last / tenth ${(late / early).toFixed(2)}`,
    `(${renderMs(late)} and ${renderMs(early)}),`,
    `${renderMegabytes(played.bytes)} on disk, ${renderMegabytes(played.rssBytes)} of memory at most`,
  ].join(' ');
}

function renderBare(bare: Played, run: Played): string {
  return [
    `      bare loop: ${renderMs(perCall(bare))} a call, ${renderMegabytes(bare.bytes)} on disk;`,
    `run / bare loop ${(perCall(run) / perCall(bare)).toFixed(2)}, beside it ${renderMs(perCall(run) - perCall(bare))} a call`,
  ].join(' ');
}

async function resume({
  stages,
  folder,
  baseUrl,
}: {
  readonly stages: number;
  readonly folder: string;
  readonly baseUrl: string;
}): Promise<string> {
  const order = { world: 'project', stages, folder, baseUrl } as const;
  const { signal, errors } = await runWorker('modes-worker.ts', { ...order, diesInLast: true });
  if (signal !== 'SIGKILL') throw new Error(`the run was not interrupted: ${errors.trim()}`);
  const { calls, firstCallMs, rssAtFirstCall } = read(
    await runWorker('modes-worker.ts', { ...order, resumes: true }),
  );
  return [
    `resumed in stage ${stages.toLocaleString('en')}: first new call after ${renderMs(firstCallMs ?? Number.NaN)},`,
    `${renderMegabytes(rssAtFirstCall ?? Number.NaN)} of memory then; ${String(calls)} calls were left`,
  ].join(' ');
}

/** Everything a run has written, in bytes. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

const addressSchema = z.object({ baseUrl: z.string() });

async function withServer<Result>(work: (baseUrl: string) => Promise<Result>): Promise<Result> {
  const script = fileURLToPath(new URL('modes-server.ts', import.meta.url));
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const server = spawn(process.execPath, ['--conditions=@jarvis/source', script], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the model server did not start');
    return await work(addressSchema.parse(JSON.parse(value)).baseUrl);
  } finally {
    server.stdin.end();
    await ended;
  }
}
