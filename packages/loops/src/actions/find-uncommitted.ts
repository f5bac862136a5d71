import type { WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import type { DeliveredFile } from '../engine/action.ts';
import { type ActionScope, hashParts } from './action-scope.ts';

/**
 * The files an answer would change whose content no commit holds and this run has not written: what is in them now is
 * the work of somebody who has not committed it. Asked of git in a step of the action, and only about those files.
 */
export async function findUncommittedAmong(
  { accepted, state, steps, context }: ActionScope,
  delivered: readonly DeliveredFile[],
  present: readonly WorkspaceFile[],
): Promise<readonly string[]> {
  // A release that did not look at the beginning has told nothing of it, and has no such step.
  if (accepted.uncommitted === undefined) return [];
  const hashes = new Map(present.map(({ path, hash }) => [path, hash]));
  const theirs = delivered.filter((file) => isTheirs(file, hashes, state.ownFiles)).map(({ path }) => path);
  if (theirs.length === 0) return [];
  // Where no commit holds any file this was told at the beginning; only protection is about each of them.
  if (accepted.uncommitted.type !== 'known') return state.config.git?.uncommitted === 'protect' ? theirs : [];
  return steps.look({
    name: 'git.uncommitted',
    key: hashParts({ theirs }),
    result: z.array(z.string()),
    look: async () => {
      const found = await context.git.findUncommitted({ limit: theirs.length, paths: theirs });
      return found.type === 'known' ? [...found.paths] : theirs;
    },
  });
}

/** Whether a file is there, would become another one, and is not as the run has left it. */
function isTheirs(
  file: DeliveredFile,
  present: ReadonlyMap<string, string>,
  own: ReadonlyMap<string, string>,
): boolean {
  const before = present.get(file.path);
  const after = 'hash' in file ? file.hash : undefined;
  return before !== undefined && before !== after && before !== own.get(file.path);
}
