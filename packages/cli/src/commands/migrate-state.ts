import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { buildContext } from '../wiring/build-context.ts';
import { dryRunOption } from './migrate-options.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate state <folder>` */
export const migrateState: Migration = {
  name: 'state',
  target: 'the folder of the old project, whose runs are imported',
  options: [
    dryRunOption,
    { flags: '--roadmaps', description: 'state: tell the roadmaps in the old shape' },
    { flags: '--snapshots', description: 'state: keep the rounds of .history, too, for restore' },
  ],
  example: 'jarvis migrate state ../old-jarvis --dry-run',
  run: async (target, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const folder = resolve(io.folder, target);
    const { findImported, importState, renderImport, toRoadmapSummary } =
      await import('@jarvis/legacy-compat/migrate');
    const { journal, clock, secrets } = await buildContext({ ...common, workspace: folder }, io);
    try {
      const report = await importState({
        folder,
        journal,
        clock,
        isDryRun: options['dryRun'] === true,
        ...(options['snapshots'] === true ? { snapshotScanner: secrets } : {}),
      });
      const found = await Promise.all(report.runs.map(({ runId }) => findImported(journal, runId)));
      const roadmaps = found.flatMap((run) => (run === undefined ? [] : [toRoadmapSummary(run)]));
      const shown = options['roadmaps'] === true ? { roadmaps } : {};
      io.out(
        common.json || options['roadmaps'] === true
          ? `${JSON.stringify({ ...report, ...shown }, null, 2)}\n`
          : renderImport(report),
      );
      return exitCodes.done;
    } finally {
      await journal.close();
    }
  },
};
