import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { median, renderMegabytes, renderMs } from './figures.ts';
import type { ResumeOrder } from './resume-worker.ts';
import type { RoundsOrder } from './rounds-worker.ts';
import { outputOf, runWorker } from './run-process.ts';

const figuresSchema = z.object({
  status: z.literal('done'),
  records: z.number(),
  databaseBytes: z.number(),
  questions: z.array(z.string()),
  resumeMs: z.number(),
  sinceStartMs: z.number(),
  rssBytes: z.number(),
});

/** How much is measured. */
export interface ResumeSize {
  readonly rounds: number;
  /** How often the run is taken up, each time as its dead process has left it. */
  readonly repeats: number;
}

/** How a long run is taken up by another process. */
export const resumeBench: Bench = {
  name: 'resume',
  summary: 'the first new call of a run whose process died in its 999th round; to be had: 2 s, 300 MB',
  run: () => measureResume({ rounds: 999, repeats: 5 }),
};

/** Kills a process in the last of many rounds and measures what another needs to go on. */
export function measureResume({ rounds, repeats }: ResumeSize): Promise<readonly string[]> {
  return inFolder(async (parent) => {
    const folder = join(parent, 'used');
    const answered = await leaveRun(folder, rounds);
    const left = join(parent, 'left');
    cpSync(folder, left, { recursive: true });
    const runs: ResumeFigures[] = [];
    for (let index = 0; index < repeats; index += 1) {
      rmSync(folder, { recursive: true });
      cpSync(left, folder, { recursive: true });
      runs.push(await resumeOnce({ folder, rounds }));
    }
    return render(runs, answered);
  });
}

/** What was answered before the process died. */
async function leaveRun(folder: string, rounds: number): Promise<ReadonlySet<string>> {
  mkdirSync(folder);
  const answeredFile = join(folder, 'answered.json');
  const order: RoundsOrder = { world: 'project', folder, rounds, answeredFile };
  const { signal, errors } = await runWorker('rounds-worker.ts', order);
  if (signal !== 'SIGKILL') throw new Error(`the run was not interrupted: ${errors.trim()}`);
  return new Set(z.array(z.string()).parse(JSON.parse(readFileSync(answeredFile, 'utf8'))));
}

type ResumeFigures = z.infer<typeof figuresSchema>;

async function resumeOnce(order: ResumeOrder): Promise<ResumeFigures> {
  return figuresSchema.parse(JSON.parse(outputOf(await runWorker('resume-worker.ts', order))));
}

function render(runs: readonly ResumeFigures[], answered: ReadonlySet<string>): readonly string[] {
  const middle = (pick: (run: ResumeFigures) => number) => median(runs.map(pick));
  const repeated = runs.flatMap(({ questions }) => questions).filter((question) => answered.has(question));
  const records = middle((run) => run.records).toLocaleString('en');
  return [
    `${records} records, ${renderMegabytes(middle((run) => run.databaseBytes))} of database, ` +
      `${answered.size.toLocaleString('en')} answered calls`,
    `first new call: ${renderMs(middle((run) => run.resumeMs))} after the journal was opened, ` +
      `${renderMs(middle((run) => run.sinceStartMs))} after the process was started`,
    `memory at that call: ${renderMegabytes(middle((run) => run.rssBytes))}`,
    `calls repeated: ${String(repeated.length)}; new calls: ${String(middle((run) => run.questions.length))}`,
  ];
}
