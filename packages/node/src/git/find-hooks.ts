import { lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { type Git, toCommandError } from './git-call.ts';
import { shellWord } from './shell-word.ts';

/** What git runs at a commit, in its order. */
const HOOKS = [
  'pre-commit',
  'prepare-commit-msg',
  'commit-msg',
  'reference-transaction',
  'post-index-change',
  'post-commit',
] as const;

/** What there is of hooks that git would run at a commit, and what is in the way of running them. */
export interface FoundHooks {
  /** The programs, and what configures others. */
  readonly names: readonly string[];
  /** Sentences about hooks that are there and which git passes over without failing. */
  readonly ignored: readonly string[];
  /** Why nobody can tell which hooks there are, and what to do. */
  readonly obstacle?: string;
}

/** Looks for hooks where git would look for them. */
export async function findHooks(git: Git, root: string): Promise<FoundHooks> {
  const settings = await readSettings(git);
  const path = settings.filter(({ key }) => key === 'core.hookspath').at(-1)?.value;
  const configured = [...new Set(settings.flatMap(({ key }) => /^(hook\..+)\.event$/u.exec(key)?.[1] ?? []))];
  if (path === '/dev/null') return { names: configured, ignored: [] };
  const folder = path === undefined ? await findHooksFolder(git, root) : resolve(root, path);
  const setting = path === undefined ? [] : [`core.hooksPath=${path}`];
  const problem = await findFolderProblem(folder);
  if (problem === 'ENOENT') {
    const missing = `Git finds no hooks in ${folder}, for that folder is not there; core.hooksPath names it. To take it back, type: git config --unset core.hooksPath`;
    return { names: [...setting, ...configured], ignored: path === undefined ? [] : [missing] };
  }
  if (problem !== undefined) {
    const obstacle = `the folder of its hooks, ${folder}, cannot be read (${problem}); look at it with: ls -ld ${shellWord(folder)}`;
    return { names: [...setting, ...configured], ignored: [], obstacle };
  }
  const files = await Promise.all(HOOKS.map(async (hook) => ({ hook, ...(await look(join(folder, hook))) })));
  const programs = files.flatMap(({ hook, type }) => (type === 'program' ? [hook] : []));
  const ignored = files.flatMap(({ hook, problem: why }) =>
    why === undefined ? [] : [`Git passes over the hook ${hook}: ${why}`],
  );
  return { names: [...setting, ...programs, ...configured], ignored };
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

const NO_MATCH = 1;

async function readSettings(git: Git): Promise<readonly Setting[]> {
  const pattern = String.raw`^(core\.hookspath|hook\..*\.event)$`;
  const args = ['config', '-z', '--type=path', '--get-regexp', pattern] as const;
  const outcome = await git.attempt({ args: [...args] });
  if (outcome.exitCode !== 0 && outcome.exitCode !== NO_MATCH) throw toCommandError(args, outcome);
  const settings = outcome.stdout.split('\0').map((record) => {
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

async function findFolderProblem(folder: string): Promise<string | undefined> {
  try {
    await readdir(folder);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

const ANY_EXECUTABLE = 0o111;

interface HookFile {
  readonly type: 'program' | 'none';
  /** Why it is none, although there is something of that name. */
  readonly problem?: string;
}

async function look(path: string): Promise<HookFile> {
  try {
    const status = await stat(path);
    if (!status.isFile()) return { type: 'none', problem: `${path} is not a file.` };
    if ((status.mode & ANY_EXECUTABLE) !== 0) return { type: 'program' };
    return {
      type: 'none',
      problem: `it is not executable. To have it run, type: chmod +x ${shellWord(path)}`,
    };
  } catch (error) {
    if (!(await isThere(path))) return { type: 'none' };
    const what = `it cannot be looked at (${codeOf(error)})`;
    return { type: 'none', problem: `${what}. Look at where it leads: ls -l ${shellWord(path)}` };
  }
}

async function isThere(path: string): Promise<boolean> {
  // Only a name that is not there is no hook; what cannot even be looked at is told by whoever asks.
  return lstat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
