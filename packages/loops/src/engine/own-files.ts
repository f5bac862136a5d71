import type { Round, RunState } from './run-state.ts';

/** The files a run has written and not deleted again, with the hash of what it wrote last. */
export function listOwnFiles(rounds: readonly Round[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const round of rounds) addOwn(own, round);
  return own;
}

/** The same once more of a round is known; the other rounds are looked at only when it is not the last one. */
export function ownFilesAfter(
  { ownFiles }: Pick<RunState, 'ownFiles'>,
  rounds: readonly Round[],
  before: Round,
): RunState['ownFiles'] {
  const last = rounds.at(-1);
  if (last?.number !== before.number || before.apply !== undefined) return listOwnFiles(rounds);
  if (last.apply?.type !== 'applied') return ownFiles;
  const own = new Map(ownFiles);
  addOwn(own, last);
  return own;
}

function addOwn(own: Map<string, string>, { apply, work }: Round): void {
  if (apply?.type !== 'applied') return;
  for (const file of work?.files ?? []) {
    if ('hash' in file) own.set(file.path, file.hash);
    else own.delete(file.path);
  }
}
