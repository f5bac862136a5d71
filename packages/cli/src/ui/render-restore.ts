import type { RestoredSnapshot, SnapshotView } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderSnapshots } from './render-snapshots.ts';
import { stateDirFlag } from './state-dir-flag.ts';

/** What can be brought back, for people: a line for each moment, and how to say which. */
export function renderRestorable(
  runId: string,
  snapshots: readonly SnapshotView[],
  stateDir: string | undefined,
): string {
  const where = stateDirFlag(stateDir);
  const lines = snapshots.every(({ files }) => files.length === 0)
    ? [`Run ${runId} has changed no file: there is nothing to bring back.`]
    : [
        `The files run ${runId} has changed can be brought back to what they were after these rounds:`,
        ...renderSnapshots(snapshots).map((line) => `  ${line}`),
        `Bring one back with: jarvis restore ${runId}${where} --round <number>`,
        'Only told what would be done: --dry-run',
      ];
  return lines.map((line) => `${escapeForTerminal(line)}\n`).join('');
}

/** What became of the files, for people: a line for each, and what to do about those that were left. */
export function renderRestore(
  { runId, round, restored, removed, left, unchanged }: RestoredSnapshot,
  { isDryRun }: { readonly isDryRun: boolean },
): string {
  const moment = round === 0 ? 'before the run' : `after round ${String(round)}`;
  const lines = [
    `${isDryRun ? 'Would bring' : 'Brought'} the files of run ${runId} back to what they were ${moment}.`,
    ...restored.map((path) => `  ${isDryRun ? 'to restore' : 'restored'}  ${path}`),
    ...removed.map((path) => `  ${isDryRun ? 'to remove' : 'removed'}  ${path}`),
    ...left.map((path) => `  left as it is  ${path}`),
    ...(unchanged === 0
      ? []
      : [`${countThings(unchanged, 'file')} ${unchanged === 1 ? 'was' : 'were'} so already.`]),
    ...(restored.length + removed.length + left.length + unchanged === 0
      ? ['The run has changed no file: there is nothing to bring back.']
      : []),
    ...(left.length === 0
      ? []
      : ['Somebody else has changed what was left. To overwrite it, and lose that: --force']),
  ];
  return lines.map((line) => `${escapeForTerminal(line)}\n`).join('');
}
