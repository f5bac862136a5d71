import type { RestoredSnapshot } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';

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
    `${String(unchanged)} of them ${unchanged === 1 ? 'was' : 'were'} so already.`,
    ...(left.length === 0
      ? []
      : ['Somebody else has changed what was left. To overwrite it, and lose that: --force']),
  ];
  return lines.map((line) => `${escapeForTerminal(line)}\n`).join('');
}
