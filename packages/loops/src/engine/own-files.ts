import type { Round } from './run-state.ts';

/** The files a run has written and not deleted again, with the hash of what it wrote last. */
export function listOwnFiles(rounds: readonly Round[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { apply, work } of rounds) {
    if (apply?.type !== 'applied') continue;
    for (const file of work?.files ?? []) {
      if ('hash' in file) own.set(file.path, file.hash);
      else own.delete(file.path);
    }
  }
  return own;
}
