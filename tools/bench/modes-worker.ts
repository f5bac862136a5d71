import { join } from 'node:path';

import { type LlmClient, type LlmRequest, type RunContext } from '@jarvis/core';
import { testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator } from '@jarvis/loops';
import { systemClock } from '@jarvis/node';
import { createOpenAiLlmClient } from '@jarvis/node/openai';
import { openSqliteJournal, readProcessIdentity } from '@jarvis/node/sqlite';
import { z } from 'zod';

import { readBrief } from '../chaos/scenarios/brief.ts';
import { BENCH_CONFIG, openBenchContext } from './bench-context.ts';
import { runBareLoop } from './bare-loop.ts';
import { driveStages } from './drive-stages.ts';
import { stageNumberOf } from './stage-team.ts';

const orderSchema = z.object({
  stages: z.int().positive(),
  /** What does the work: a bare loop, or a run with nothing but the journal on disk, or with everything real. */
  world: z.enum(['bare', 'journal', 'project']),
  folder: z.string(),
  baseUrl: z.string(),
  /** The process ends itself in the last stage, before the audit. */
  diesInLast: z.boolean().default(false),
  /** Goes on with the only run there is. */
  resumes: z.boolean().default(false),
});

/** What a process that works on many stages is told, as JSON in its first argument. */
export type ModesOrder = z.input<typeof orderSchema>;

type Order = z.infer<typeof orderSchema>;

/** What has been asked so far: when each stage began, and how many calls there were. */
interface Watch {
  readonly startsMs: number[];
  calls: number;
  firstCallMs: number;
  rssAtFirstCall: number;
}

async function work(order: Order): Promise<void> {
  const watch: Watch = { startsMs: [], calls: 0, firstCallMs: Number.NaN, rssAtFirstCall: Number.NaN };
  const openedMs = performance.now();
  const status = order.world === 'bare' ? await workBare(order, watch) : await workInStages(order, watch);
  watch.startsMs.push(performance.now());
  const { startsMs, calls, firstCallMs, rssAtFirstCall } = watch;
  const figures = { status, calls, startsMs, rssBytes: rss(), rssAtFirstCall };
  process.stdout.write(JSON.stringify({ ...figures, firstCallMs: firstCallMs - openedMs }));
}

async function workBare({ folder, baseUrl, stages }: Order, watch: Watch): Promise<string> {
  const onStage = () => {
    watch.startsMs.push(performance.now());
  };
  watch.calls = await runBareLoop({ folder, baseUrl, stages, onStage });
  return 'done';
}

async function workInStages(order: Order, watch: Watch): Promise<string> {
  const context = await openWorld(order);
  const llm = watched(createOpenAiLlmClient({ apiKey: 'any', baseUrl: order.baseUrl }), order, watch);
  try {
    if (!order.resumes) return (await driveStages({ context, llm, stages: order.stages })).status;
    const [runId = ''] = await context.journal.listRuns();
    const jarvis = new JarvisOrchestrator({ context: { ...context, llm } });
    return (await jarvis.resume(runId)).status;
  } finally {
    await context.journal.close();
  }
}

async function openWorld({ world, folder }: Order): Promise<RunContext> {
  const config = { ...BENCH_CONFIG, mode: 'PHASE3' as const };
  if (world === 'project') return { ...(await openBenchContext(folder)).context, config };
  const directory = join(folder, 'state');
  const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
  return testRunContext({ clock: systemClock, config, journal });
}

/** A client that notes what it is asked. */
function watched(client: LlmClient, order: Order, watch: Watch): LlmClient {
  return {
    complete(request, options) {
      if (watch.calls === 0) {
        watch.firstCallMs = performance.now();
        watch.rssAtFirstCall = rss();
      }
      const stage = stageOf(request);
      if (request.purpose === 'work') watch.startsMs.push(performance.now());
      if (order.diesInLast && request.purpose === 'audit' && stage === order.stages) {
        process.kill(process.pid, 'SIGKILL');
      }
      watch.calls += 1;
      return client.complete(request, options);
    },
  };
}

function stageOf({ messages }: LlmRequest): number {
  return stageNumberOf(readBrief(messages.find(({ role }) => role === 'user')?.content ?? '{}'));
}

/** The most memory this process has had, in bytes. */
function rss(): number {
  return process.resourceUsage().maxRSS * 1_024;
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
