import type { Journal } from '@jarvis/core';
import { JarvisOrchestrator, readRun, type RestoredSnapshot } from '@jarvis/loops';
import { z } from 'zod';

import { UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type GlobalOptions, globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { renderRestorable, renderRestore } from '../ui/render-restore.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

const roundSchema = z
  .string()
  .regex(/^\d{1,6}$/u)
  .transform(Number);

/** `jarvis restore <run>` */
export const restoreCommand: CliCommand = {
  args: ['the id of the run'],
  options: [
    {
      flags: '--round <number>',
      description: 'after which round; 0 is before the run; without it the rounds are listed',
    },
    { flags: '--force', description: 'also overwrite what somebody else has changed since; that is lost' },
    { flags: '--dry-run', description: 'only tell what would be done' },
  ],
  examples: [
    'jarvis restore 20261122-160057-k3f9az',
    'jarvis restore 20261122-160057-k3f9az --round 0 --dry-run',
    'jarvis restore 20261122-160057-k3f9az --round 1',
  ],
  run: async ({ args, options }, io) => {
    const runId = requireRunId({ args });
    const common = globalOptionsSchema.parse(options);
    const round = readRound(options['round']);
    const force = options['force'] === true;
    const isDryRun = options['dryRun'] === true;
    if (round === undefined && force) {
      throw new UsageError({
        problem: '--force needs to know which files to bring back.',
        hint: `List what there is with: jarvis restore ${runId}; before the run is: --round 0`,
      });
    }
    const context = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      if (round === undefined) return await listRounds(runId, context.journal, { common, io });
      const outcome = await new JarvisOrchestrator({ context }).restore(runId, { round, force, isDryRun });
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

interface Telling {
  readonly common: GlobalOptions;
  readonly io: CliIo;
}

/** Nothing is touched before somebody has said which moment is meant. */
async function listRounds(runId: string, journal: Journal, { common, io }: Telling): Promise<ExitCode> {
  const { snapshots } = await readRun(journal, runId);
  io.out(
    common.json
      ? `${JSON.stringify({ runId, snapshots }, null, 2)}\n`
      : renderRestorable(runId, snapshots, common.stateDir),
  );
  return exitCodes.done;
}

function readRound(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const round = roundSchema.safeParse(value);
  if (round.success) return round.data;
  throw new UsageError({
    problem: '--round takes the number of a round, or 0 for the moment before the run.',
    hint: 'List the rounds with: jarvis restore <run>',
  });
}

function exitCodeOf({ left }: RestoredSnapshot): ExitCode {
  return left.length === 0 ? exitCodes.done : exitCodes.conflict;
}
