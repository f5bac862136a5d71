import { JarvisOrchestrator } from '@jarvis/loops';
import { z } from 'zod';

import { openBenchContext } from './bench-context.ts';
import { createKnotTeam, questionOf } from './knot-team.ts';

const orderSchema = z.object({ folder: z.string(), rounds: z.int().positive() });

/** What a process that resumes a long run is told, as JSON in its first argument. */
export type ResumeOrder = z.infer<typeof orderSchema>;

/** Resumes the only run there is and prints when it first asked, what it asked, and how much memory that took. */
async function work({ folder, rounds }: ResumeOrder): Promise<void> {
  const questions: string[] = [];
  let [firstCallMs, rssBytes] = [Number.NaN, Number.NaN];
  const llm = createKnotTeam(rounds, (request) => {
    if (questions.length === 0) {
      firstCallMs = performance.now();
      rssBytes = process.resourceUsage().maxRSS * 1_024;
    }
    questions.push(questionOf(request));
  });
  const startedMs = performance.now();
  const { context, databaseBytes } = await openBenchContext(folder);
  const [runId = ''] = await context.journal.listRuns();
  const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: { ...context, llm } });
  const { status } = await jarvis.resume(runId);
  const records = (await context.journal.read(runId)).length;
  await context.journal.close();
  const size = { records, databaseBytes: databaseBytes() };
  const resumeMs = firstCallMs - startedMs;
  process.stdout.write(
    JSON.stringify({ status, ...size, questions, resumeMs, sinceStartMs: firstCallMs, rssBytes }),
  );
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
