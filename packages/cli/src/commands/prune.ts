import { pruneRuns } from '@jarvis/loops';
import { systemClock } from '@jarvis/node';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { parseAge } from '../options/parse-age.ts';
import { buildContext } from '../wiring/build-context.ts';
import { requireSomebody, requireYes } from '../wiring/require-yes.ts';
import type { CliCommand, CliInput } from './cli-command.ts';

/** `jarvis prune` */
export const pruneCommand: CliCommand = {
  args: [],
  options: [
    { flags: '--keep <number>', description: 'the newest ones that stay in any case (default: 0)' },
    { flags: '--older-than <age>', description: 'only those that ended so long ago, as in 30d or 12h' },
    { flags: '--dry-run', description: 'only tell which would be removed' },
    { flags: '--yes', description: 'do not ask' },
  ],
  examples: ['jarvis prune --keep 20 --older-than 30d', 'jarvis prune --dry-run'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const wish = toWish(options);
    const isDryRun = options['dryRun'] === true;
    const consent = { isGiven: isDryRun || options['yes'] === true, command: commandOf(options) };
    requireSomebody(consent, io);
    const context = await buildContext(common, io);
    try {
      const found = await pruneRuns(context, { ...wish, isDryRun: true });
      const report = (removed: readonly string[]) => {
        io.out(
          common.json
            ? `${JSON.stringify({ removed, isDryRun }, null, 2)}\n`
            : render(removed, isDryRun ? 'would be removed' : 'removed'),
        );
        return exitCodes.done;
      };
      if (isDryRun || found.length === 0) return report(found);
      if (!consent.isGiven) io.err(render(found, 'to be removed'));
      const question = `Remove ${count(found.length)} for ever?`;
      return report((await requireYes({ ...consent, question }, io)) ? await pruneRuns(context, wish) : []);
    } finally {
      await context.journal.close();
    }
  },
};

/** What ends while the question stands is not part of it. */
function toWish({ keep, olderThan }: CliInput['options']) {
  const age = typeof olderThan === 'string' ? parseAge('--older-than', olderThan) : 0;
  return { keep: parseKeep(keep), endedBeforeMs: systemClock.nowMs() - age };
}

function parseKeep(written: unknown): number {
  if (typeof written !== 'string') return 0;
  if (/^\d{1,9}$/u.test(written)) return Number(written);
  throw new UsageError({
    problem: `--keep: expected a whole number (it is ${JSON.stringify(written.slice(0, 80))}).`,
    hint: 'For example: --keep 20',
  });
}

function commandOf({ keep, olderThan }: CliInput['options']): string {
  const written = [
    ...(typeof keep === 'string' ? [` --keep ${keep}`] : []),
    ...(typeof olderThan === 'string' ? [` --older-than ${olderThan}`] : []),
  ];
  return `jarvis prune${written.join('')} --yes`;
}

function render(runIds: readonly string[], what: string): string {
  return [`${count(runIds.length)} ${what}`, ...runIds.map((runId) => `  ${runId}`), ''].join('\n');
}

function count(runs: number): string {
  return `${String(runs)} ${runs === 1 ? 'run' : 'runs'}`;
}
