import { hasErrorCode, type UncommittedFiles, type UncommittedQuery } from '@jarvis/core';

import { createGit, type Git, type GitOptions } from './git-call.ts';
import { locateRepository, type RepositoryPlace } from './locate-repository.ts';
import { silenceFilters } from './silence-filters.ts';

/** A tree that git cannot look through in that time is not worth the wait: this is told, and nothing depends on it. */
const DEADLINE_MS = 20_000;

/** What git says of a folder it was asked about as a whole. */
const STATUS = [
  'status',
  '--porcelain=v2',
  '-z',
  '--no-renames',
  // With the changes inside of a submodule, git would be started there, with the settings of that repository.
  '--ignore-submodules=dirty',
] as const;

/** Which files in a folder no commit holds as they are. Starts no program but git, and locks nothing. */
export async function findUncommitted(
  options: GitOptions,
  query: UncommittedQuery,
): Promise<UncommittedFiles> {
  const patient = { ...options, deadlineMs: Math.min(options.deadlineMs, DEADLINE_MS) };
  const git = createGit(patient);
  try {
    const place = await locateRepository(git, options.root);
    if (place.type === 'outside') return { type: 'none' };
    if (place.type === 'unknown' || place.type === 'unusable') {
      return { type: 'unknown', problem: place.problem };
    }
    const settings = await silenceFilters(git);
    return await look(createGit({ ...patient, settings }), place, query);
  } catch (error) {
    if (!hasErrorCode(error, 'JARVIS_GIT_COMMAND')) throw error;
    return { type: 'unknown', problem: error.message };
  }
}

async function look(
  git: Git,
  { type }: Pick<RepositoryPlace, 'type'>,
  { limit, paths }: UncommittedQuery,
): Promise<UncommittedFiles> {
  const prefix = type === 'own' ? '' : await readPrefix(git);
  const found = paths === undefined ? await listChanged(git, prefix) : await listUnsafe(git, prefix, paths);
  return found === 'ignored'
    ? { type: 'none' }
    : { type: 'known', count: found.length, paths: found.slice(0, limit) };
}

/** The path of the folder in the repository it is a part of. */
async function readPrefix(git: Git): Promise<string> {
  const line = await git.run({ args: ['rev-parse', '--show-prefix'] });
  return line.replace(/\n$/u, '');
}

/** Everything that is changed in the folder; `ignored` when the repository around it does not want it at all. */
async function listChanged(git: Git, prefix: string): Promise<readonly string[] | 'ignored'> {
  const ignored = prefix === '' ? [] : ['--ignored=matching'];
  // A folder in which nothing is tracked is one entry, however many files are in it.
  const output = await git.run({ args: [...STATUS, '--untracked-files=normal', ...ignored, '--', '.'] });
  const entries = parseStatus(output);
  if (entries.some(({ kind, path }) => kind === '!' && prefix.startsWith(path))) return 'ignored';
  return entries.filter(({ kind }) => kind !== '!').map(({ path }) => within(path, prefix));
}

/** Of some files those that are not tracked, are changed, or are tracked and said to be left alone by git. */
async function listUnsafe(git: Git, prefix: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const tracked = await git.run({ args: ['ls-files', '-v', '-z', '--', ...paths] });
  const status = await git.run({ args: [...STATUS, '--untracked-files=no', '--', ...paths] });
  const changed = new Set(parseStatus(status).map(({ path }) => within(path, prefix)));
  // `H`: git compares it. Other letters stand for files it takes as unchanged, or has not merged.
  const compared = new Set(tracked.split('\0').filter(isCompared).map(withoutTag));
  return paths.filter((path) => !compared.has(path) || changed.has(path));
}

function isCompared(entry: string): boolean {
  return entry.startsWith('H ');
}

function withoutTag(entry: string): string {
  return entry.slice(2);
}

function within(path: string, prefix: string): string {
  return path === prefix || prefix.startsWith(path) ? './' : path.slice(prefix.length);
}

interface StatusEntry {
  /** `1` changed, `u` not merged, `?` not tracked, `!` ignored. */
  readonly kind: string;
  readonly path: string;
}

/** How many fields stand before the path, by kind. */
const FIELDS: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1, '!': 1 };

/** Reads `status --porcelain=v2 -z`; kinds of entries nobody knows yet are left out, as git asks for. */
function parseStatus(output: string): readonly StatusEntry[] {
  return output.split('\0').flatMap((entry) => {
    const [kind = ''] = entry.split(' ', 1);
    const fields = FIELDS[kind];
    return fields === undefined ? [] : [{ kind, path: entry.split(' ').slice(fields).join(' ') }];
  });
}
