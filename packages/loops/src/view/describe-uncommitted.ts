import type { Uncommitted } from '../engine/uncommitted.ts';
import { countThings } from '../text/count-things.ts';
import { nameSome } from './name-some.ts';

/** What no commit holds, as the beginning of a sentence in lower case; `undefined` when there is nothing to tell. */
export function describeUncommitted(uncommitted: Uncommitted): string | undefined {
  switch (uncommitted.type) {
    case 'known':
      return uncommitted.count === 0 ? undefined : describeKnown(uncommitted);
    case 'none':
      return uncommitted.files === 0
        ? undefined
        : `no git repository holds what is in this folder (${countThings(uncommitted.files, 'text file')})`;
    case 'unknown':
      return uncommitted.files === 0
        ? undefined
        : `nobody can tell whether your files are committed (${uncommitted.problem})`;
  }
}

function describeKnown(known: Extract<Uncommitted, { type: 'known' }>): string {
  if (known.paths.includes('./')) return 'nothing in this folder is committed';
  const areFiles = known.paths.length === known.count && known.paths.every((path) => !path.endsWith('/'));
  const names = nameSome(known.paths, known.count);
  const number = String(known.count);
  if (known.count === 1)
    return `1 ${areFiles ? 'file' : 'folder'} has changes that are not committed (${names})`;
  return `${number} ${areFiles ? 'files' : 'files or folders'} have changes that are not committed (${names})`;
}
