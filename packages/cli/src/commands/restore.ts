import { JarvisOrchestrator, type RestoredSnapshot } from '@jarvis/loops';
import { z } from 'zod';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { renderRestore } from '../ui/render-restore.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

const roundSchema = z
  .string()
  .regex(/^\d{1,6}$/u)
  .transform(Number);

/** `jarvis restore <run>` */
export const restoreCommand: CliCommand = {
  name: 'restore',
  summary: 'bring the files a run has changed back to what they were',
  args: [{ name: 'run', description: 'the id of the run' }],
  options: [
    { flags: '--round <number>', description: 'after which round; 0 is before the run (default: 0)' },
    { flags: '--force', description: 'also overwrite what somebody else has changed since; that is lost' },
    { flags: '--dry-run', description: 'only tell what would be done' },
  ],
  examples: [
    'jarvis restore 20261122-160057-k3f9az --dry-run',
    'jarvis restore 20261122-160057-k3f9az --round 1',
  ],
  run: async ({ args, options }, io) => {
    const [runId] = args;
    if (runId === undefined) {
      throw new UsageError({
        problem: 'The id of the run is missing.',
        hint: 'List the runs with: jarvis list',
      });
    }
    const common = globalOptionsSchema.parse(options);
    const round = readRound(options['round']);
    const isDryRun = options['dryRun'] === true;
    const context = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      const jarvis = new JarvisOrchestrator({ context });
      const force = options['force'] === true;
      const outcome = await jarvis.restore(runId, { round, force, isDryRun });
      io.out(
        common.json
          ? `${JSON.stringify({ ...outcome, isDryRun }, null, 2)}\n`
          : renderRestore(outcome, { isDryRun }),
      );
      return exitCodeOf(outcome);
    } finally {
      await context.journal.close();
    }
  },
};

function readRound(value: unknown): number {
  if (value === undefined) return 0;
  const round = roundSchema.safeParse(value);
  if (round.success) return round.data;
  throw new UsageError({
    problem: '--round takes the number of a round, or 0 for the moment before the run.',
    hint: 'See the rounds with: jarvis show <run>',
  });
}

function exitCodeOf({ left }: RestoredSnapshot) {
  return left.length === 0 ? exitCodes.done : exitCodes.conflict;
}
