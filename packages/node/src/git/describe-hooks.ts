import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Git } from './git-call.ts';

/** What git runs at a commit, in its order. */
const HOOKS = [
  'pre-commit',
  'prepare-commit-msg',
  'commit-msg',
  'reference-transaction',
  'post-index-change',
  'post-commit',
] as const;

/** Commits made here put a branch and an index forward on their own, also when the user wants hooks to run. */
const NEVER_RUN: readonly string[] = ['reference-transaction', 'post-index-change'];

const ANY_EXECUTABLE = 0o111;

/** Sentences that name the hooks which commits made here leave out, or run; none where git would not run any either. */
export async function describeHooks(git: Git, root: string, runsHooks = false): Promise<readonly string[]> {
  const settings = await readSettings(git);
  const path = settings.filter(({ key }) => key === 'core.hookspath').at(-1)?.value;
  const folder = path === undefined ? await findHooksFolder(git, root) : resolve(root, path);
  const found = [
    ...(path === undefined || path === '/dev/null' ? [] : [`core.hooksPath=${path}`]),
    ...(await findPrograms(folder)),
    ...new Set(settings.flatMap(({ key }) => /^(hook\..+)\.event$/u.exec(key)?.[1] ?? [])),
  ];
  const run = found.filter((name) => runsHooks && !NEVER_RUN.includes(name));
  const left = found.filter((name) => !run.includes(name));
  return [
    ...(run.length === 0 ? [] : [`Hooks are run by commits made here (${run.join(', ')}).`]),
    ...(left.length === 0 ? [] : [`Hooks are not run by commits made here (${left.join(', ')}).`]),
  ];
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

async function readSettings(git: Git): Promise<readonly Setting[]> {
  const pattern = String.raw`^(core\.hookspath|hook\..*\.event)$`;
  const { stdout } = await git.attempt({ args: ['config', '-z', '--type=path', '--get-regexp', pattern] });
  const settings = stdout.split('\0').map((record) => {
    const [key = '', ...value] = record.split('\n');
    return { key, value: value.join('\n') };
  });
  // The last path is the one every git here is started with; what the user has set comes before it.
  const ours = settings.findLastIndex(({ key }) => key === 'core.hookspath');
  return settings.filter((_, index) => index !== ours);
}

async function findHooksFolder(git: Git, root: string): Promise<string> {
  const common = await git.run({ args: ['rev-parse', '--git-common-dir'] });
  return join(resolve(root, common.replace(/\n$/u, '')), 'hooks');
}

async function findPrograms(folder: string): Promise<readonly string[]> {
  const found = await Promise.all(HOOKS.map((hook) => isProgram(join(folder, hook))));
  return HOOKS.filter((_, index) => found[index]);
}

async function isProgram(path: string): Promise<boolean> {
  // A hook that cannot be looked at cannot be run either.
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() === true && (status.mode & ANY_EXECUTABLE) !== 0;
}
