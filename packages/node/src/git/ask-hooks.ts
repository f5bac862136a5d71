import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type CommitPlan, GitHookFailedError, sha256 } from '@jarvis/core';

import { messageOf, signatureOf, trailersOf } from './commit-message.ts';
import { diskErrorCode } from '../workspace/disk.ts';
import { WorkspaceDiskError } from '../workspace/errors.ts';
import type { Git } from './git-call.ts';
import type { GitFolder } from './git-folder.ts';
import type { CommitHook, Hooks } from './run-hook.ts';

/** A commit before it is made: its tree is in the index a hook is shown. */
export interface CommitToJudge {
  readonly plan: CommitPlan;
  readonly tree: string;
  readonly hooks: Hooks;
  readonly root: string;
}

/**
 * Lets the hooks of the user judge a commit before it is made, in git's order; the message as they leave it. They see
 * an index of the commit's own and the user's files, and may change neither.
 *
 * After a crash before the commit they are asked again, as by a user who commits again.
 *
 * @throws {@link GitHookFailedError}
 */
export async function askHooks(git: Git, folder: GitFolder, commit: CommitToJudge): Promise<string> {
  const { plan, hooks } = commit;
  const file = join(folder.own, 'COMMIT_EDITMSG');
  await writeFile(file, messageOf(plan));
  const variables = { ...signatureOf(plan), GIT_INDEX_FILE: folder.commitIndex };
  const before = await hashFiles(commit);

  const ask = async (hook: CommitHook, args: readonly string[] = []): Promise<void> => {
    await hooks.run(hook, args, variables);
    await proveUnchanged(git, folder, { ...commit, hook, before });
  };
  await ask('pre-commit');
  await ask('prepare-commit-msg', [file, 'message']);
  await readMessage(git, plan, { file, hook: 'prepare-commit-msg' });
  await ask('commit-msg', [file]);
  return readMessage(git, plan, { file, hook: 'commit-msg' });
}

interface AfterHook extends CommitToJudge {
  readonly hook: CommitHook;
  readonly before: ReadonlyMap<string, string>;
}

/** What is committed is what was reviewed and checked, so a hook that changes it has the last word with a person. */
async function proveUnchanged(git: Git, folder: GitFolder, state: AfterHook): Promise<void> {
  const { hook, tree } = state;
  const variables = { GIT_INDEX_FILE: folder.commitIndex };
  const now = (await git.run({ args: ['write-tree', '--missing-ok'], variables })).trim();
  const after = await hashFiles(state);
  const touched = [...after].filter(([path, hash]) => state.before.get(path) !== hash).map(([path]) => path);
  const staged = now === tree ? [] : await listStaged(git, tree, now);
  const changed = [...new Set([...touched, ...staged])].sort();
  if (changed.length === 0) return;
  throw new GitHookFailedError({
    hook,
    problem: 'changed what was to be committed',
    output: changed.join('\n'),
  });
}

async function listStaged(git: Git, before: string, after: string): Promise<readonly string[]> {
  const output = await git.run({ args: ['diff-tree', '-r', '-z', '--name-only', before, after] });
  return output.split('\0').filter((path) => path !== '');
}

async function hashFiles({ plan, root }: CommitToJudge): Promise<ReadonlyMap<string, string>> {
  const hashes = plan.files.map(async ({ path }) => {
    return [path, await hashFile(join(root, path))] as const;
  });
  return new Map(await Promise.all(hashes));
}

const GONE: readonly string[] = ['ENOENT', 'ENOTDIR'];

/** @throws what keeps a file from being read: nobody could tell then whether a hook has changed it. */
async function hashFile(path: string): Promise<string> {
  try {
    return sha256(await readFile(path));
  } catch (error) {
    if (GONE.includes(diskErrorCode(error))) return '';
    throw new WorkspaceDiskError({ path, reason: diskErrorCode(error), cause: error });
  }
}

interface Draft {
  readonly file: string;
  /** Who may have changed it. */
  readonly hook: CommitHook;
}

/** By its trailers the commit is found again, so they have to stay. */
async function readMessage(git: Git, plan: CommitPlan, { file, hook }: Draft): Promise<string> {
  const written = await readFile(file, 'utf8');
  if (written === messageOf(plan)) return written;
  const message = await git.run({ args: ['stripspace'], input: written });
  const [, ...lines] = message.split('\n');
  const missing = trailersOf(plan).filter((trailer) => !lines.includes(trailer));
  if (message !== '' && missing.length === 0) return message;
  const output = missing.join('\n');
  throw new GitHookFailedError({
    hook,
    problem: 'took lines out of the message that must stay',
    output,
  });
}
