import type { OldRun } from './old-run.ts';
import { callShape, runShape } from './old-shapes.ts';
import type { StateFile } from './state-file.ts';

type Facts = Readonly<Record<string, unknown>>;

/** Whether a line of a cost log is about a whole run, whose id the predecessor did not write into it. */
export function isUnnamedEnd({ kind, runId }: StateFile, document: Facts): boolean {
  const isNamed = runId !== undefined || document['run_id'] !== undefined;
  return kind === 'cost-log' && !isNamed && !callShape.safeParse(document).success;
}

/**
 * The run a line of a cost log is about: the first one with its task, mode and status that this log has not told of
 * yet. The lines of a log are in the order of the runs, and what several such lines say is the same.
 */
export function findLoggedRun(
  runs: Iterable<OldRun>,
  { path }: StateFile,
  document: Facts,
): OldRun | undefined {
  const { task, mode, status } = runShape.parse(document);
  if (task === undefined) return undefined;
  for (const run of runs) {
    const isMode = run.mode === mode || mode === undefined;
    if (run.task === task && isMode && run.finalStatus === status && !run.sources.includes(path)) return run;
  }
  return undefined;
}
