import { writeFileSync } from 'node:fs';

import type { RunContext } from '@jarvis/core';
import { testRunContext } from '@jarvis/core/testing';
import { systemClock } from '@jarvis/node';
import { openSqliteJournal, readProcessIdentity } from '@jarvis/node/sqlite';
import { z } from 'zod';

import { BENCH_CONFIG, openBenchContext } from './bench-context.ts';
import { driveRounds } from './drive-rounds.ts';
import { createKnotTeam, questionOf, roundOf } from './knot-team.ts';

const orderSchema = z.object({
  rounds: z.int().positive(),
  /** What is real: nothing, the journal alone, or everything but the model. */
  world: z.enum(['memory', 'journal', 'project']),
  /** Where journal and project are. */
  folder: z.string(),
  /** The process ends itself in the last round, before the review; what was answered is written here. */
  answeredFile: z.string().optional(),
});

/** What a process that drives many rounds is told, as JSON in its first argument. */
export type RoundsOrder = z.infer<typeof orderSchema>;

/** Drives a run and prints when each round began and how much memory it took. */
async function work({ rounds, world, folder, answeredFile }: RoundsOrder): Promise<void> {
  const startsMs: number[] = [];
  const asked: string[] = [];
  const llm = createKnotTeam(rounds, (request) => {
    if (request.purpose === 'work') startsMs.push(performance.now());
    if (answeredFile === undefined) return;
    if (request.purpose === 'review' && roundOf(request) === rounds) {
      writeFileSync(answeredFile, JSON.stringify(asked));
      process.kill(process.pid, 'SIGKILL');
    }
    asked.push(questionOf(request));
  });
  const context = await openWorld(world, folder);
  const { status, records } = await driveRounds({ context, llm, rounds });
  startsMs.push(performance.now());
  await context.journal.close();
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(JSON.stringify({ status, records, startsMs, rssBytes: maxRSS * 1_024 }));
}

async function openWorld(world: RoundsOrder['world'], directory: string): Promise<RunContext> {
  switch (world) {
    case 'memory':
      return testRunContext({ clock: systemClock, config: BENCH_CONFIG });
    case 'journal': {
      const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
      return testRunContext({ clock: systemClock, config: BENCH_CONFIG, journal });
    }
    case 'project':
      return (await openBenchContext(directory)).context;
  }
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
