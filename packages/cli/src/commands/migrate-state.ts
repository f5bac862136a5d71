import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { buildContext } from '../wiring/build-context.ts';
import { dryRunOption } from './migrate-options.ts';
import type { Migration } from './migration.ts';

/** What leaves an old run without one that can be shown. */
const LEFT_OUT: readonly string[] = ['refused', 'unreadable', 'busy'];

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
      const isAboutRoadmaps = options['roadmaps'] === true;
      const roadmaps = [];
      for (const { runId, outcome } of isAboutRoadmaps ? report.runs : []) {
        const run = outcome === 'unreadable' ? undefined : await findImported(journal, runId);
        if (run !== undefined) roadmaps.push(toRoadmapSummary(run));
      }
      const shown = isAboutRoadmaps ? { roadmaps } : {};
      io.out(
        common.json || isAboutRoadmaps
          ? `${JSON.stringify({ ...report, ...shown }, null, 2)}\n`
          : renderImport(report),
      );
      return [...report.runs, ...report.histories].every(({ outcome }) => !LEFT_OUT.includes(outcome))
        ? exitCodes.done
        : exitCodes.partial;
    } finally {
      await journal.close();
    }
  },
};
