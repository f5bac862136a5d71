import { findHooks } from './find-hooks.ts';
import type { Git } from './git-call.ts';

/** Commits made here put a branch and an index forward on their own, also when the user wants hooks to run. */
const NEVER_RUN: readonly string[] = ['reference-transaction', 'post-index-change'];

/** Sentences that name the hooks which commits made here leave out, or run; none where git would not run any either. */
export async function describeHooks(git: Git, root: string, runsHooks = false): Promise<readonly string[]> {
  const { names, ignored, obstacle } = await findHooks(git, root);
  const run = names.filter((name) => runsHooks && !NEVER_RUN.includes(name));
  const left = names.filter((name) => !run.includes(name));
  return [
    ...(run.length === 0 ? [] : [`Hooks are run by commits made here (${run.join(', ')}).`]),
    ...(left.length === 0 ? [] : [`Hooks are not run by commits made here (${left.join(', ')}).`]),
    ...(obstacle === undefined ? [] : [`Which hooks there are is not known: ${obstacle}`]),
    // Whoever wants none run need not know which would not.
    ...(runsHooks ? ignored : []),
  ];
}
