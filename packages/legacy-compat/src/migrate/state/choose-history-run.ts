import type { KeptHistory } from './read-history.ts';
import type { OldRun } from './old-run.ts';

/** Which run the kept rounds of a folder belong to, or why nobody can tell. */
export type HistoryOwner = { readonly run: OldRun } | { readonly because: string };

/** The mode that kept nothing. */
const KEEPS_NOTHING = 'phase3';

/**
 * Decides which run has left a history. The predecessor numbered the rounds of each run from 1 in the same folder, so
 * a history has one owner only where one run alone worked there, and where it has a round for everything kept.
 *
 * @param root the real path of the tree.
 */
export function chooseHistoryRun(
  { project, rounds }: Pick<KeptHistory, 'project' | 'rounds'>,
  runs: readonly OldRun[],
  root: string,
): HistoryOwner {
  const all = runs.filter((run) => run.mode !== KEEPS_NOTHING && worksIn(run, { project, root }));
  const claims = withoutTwins(all);
  const [run] = claims;
  if (run === undefined) return { because: 'no old file names the run that worked there' };
  if (claims.length > 1)
    return {
      because: `${String(claims.length)} runs worked there: ${claims.map(({ oldId }) => oldId).join(', ')}`,
    };
  const known = new Set(run.rounds.map(({ number }) => number));
  const isOfIt =
    known.size === 0 ? run.memories.length === 0 : rounds.every(({ number }) => known.has(number));
  return isOfIt ? { run } : { because: `${run.oldId}, which worked there, has other rounds` };
}

/** Two logs tell one run under two ids when their times overlap: two runs never worked in one folder at once. */
function withoutTwins(runs: readonly OldRun[]): readonly OldRun[] {
  const kept: OldRun[] = [];
  for (const run of [...runs].sort((one, other) => other.rounds.length - one.rounds.length)) {
    if (!kept.some((other) => isTwin(run, other))) kept.push(run);
  }
  return kept;
}

function isTwin(one: OldRun, other: OldRun): boolean {
  if (one.moments.length === 0 || other.moments.length === 0 || one.task !== other.task) return false;
  return firstOf(one) <= lastOf(other) && firstOf(other) <= lastOf(one);
}

function firstOf({ moments }: OldRun): number {
  return moments.reduce((first, ms) => Math.min(first, ms), Infinity);
}

function lastOf({ moments }: OldRun): number {
  return moments.reduce((last, ms) => Math.max(last, ms), -Infinity);
}

interface Folder {
  readonly project: string;
  readonly root: string;
}

/** A whole path says more than a name, which folders may share. */
function worksIn({ projects }: OldRun, folder: Folder): boolean {
  const named = projects.map(toParts);
  const whole = named.filter(({ length }) => length > 1);
  return (whole.length > 0 ? whole : named).some((parts) => isNamed(parts, folder));
}

/** The tree may have been moved since: only what lies inside it has to agree. */
function isNamed(parts: readonly string[], { project, root }: Folder): boolean {
  const inside = toParts(project);
  const place = [...toParts(root), ...inside];
  const count = Math.min(parts.length, Math.max(1, inside.length));
  return parts.slice(-count).join('/') === place.slice(-count).join('/');
}

function toParts(path: string): readonly string[] {
  return path.split(/[\\/]/u).filter((part) => part !== '' && part !== '.');
}
