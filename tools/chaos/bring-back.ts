import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';

import { findRunId, type Folders } from './evidence.ts';
import { git, readTree } from './project.ts';
import { runWorker } from './run-worker.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Where a process dies that brings the files of a run back. */
export interface RestoreKill {
  readonly place: 'apply.temp-written' | 'apply.file-written';
  readonly arrival: number;
}

/** What came of it; nothing is wrong when the project is as it was after the first commit. */
export interface BringBackReport {
  readonly problems: readonly string[];
  readonly wasKilled: boolean;
}

/** Whose files are brought back. */
export interface BringBackOrder {
  readonly scenario: Scenario;
  readonly folders: Folders;
  readonly baseUrl: string;
}

/** Kills a process in the middle of bringing back the first round that was committed, and brings it back with another one. */
export async function bringBack(
  { scenario, folders, baseUrl }: BringBackOrder,
  kill: RestoreKill,
): Promise<BringBackReport> {
  const { mode, firstCommittedRound: round } = scenario;
  const runId = await findRunId(folders);
  const end = await runWorker({ ...folders, baseUrl, mode, runId, restoreRound: round, crash: kill });
  const context = await nodeRunContext(folders);
  const jarvis = new JarvisOrchestrator({ context });
  try {
    const { left } = await jarvis.restore(runId ?? '', { round });
    const { unchanged, restored, removed } = await jarvis.restore(runId ?? '', { round });
    const problems = [
      ...left.map((path) => `${path} was left as it is`),
      ...(restored.length + removed.length === 0 && unchanged > 0
        ? []
        : ['it was not all brought back at once']),
      ...compareWithCommit(folders),
    ];
    return { problems: problems.map((problem) => `restore: ${problem}`), wasKilled: end.wasKilled };
  } finally {
    await context.journal.close();
  }
}

/** The first commit of the run has the files of that round; what is the user's own is as it was. */
function compareWithCommit({ workspace }: Folders): readonly string[] {
  const [first = 'HEAD'] = git(workspace, 'rev-list', '--reverse', '--grep=^Jarvis-Step:', 'HEAD').split(
    '\n',
  );
  const files = Object.keys(readTree(workspace, [`${workspace}/.git`]));
  const wanted = [...git(workspace, 'ls-tree', '-r', '--name-only', first).split('\n'), 'staged.txt'];
  const changed = git(workspace, 'diff', '--name-only', first, '--', '.', ':!staged.txt');
  return [
    ...(files.sort().join() === wanted.sort().join() ? [] : [`the files are ${files.join()}`]),
    ...(changed === 'notes.txt' ? [] : [`changed since the first round: ${changed}`]),
  ];
}
