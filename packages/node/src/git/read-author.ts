import type { CommitAuthor } from '@jarvis/core';

import type { Git } from './git-call.ts';

/** Whom git's configuration says commits are by. */
export async function readAuthor(git: Git): Promise<CommitAuthor | undefined> {
  const args = ['config', '-z', '--get-regexp', String.raw`^user\.(name|email)$`] as const;
  const { stdout } = await git.attempt({ args: [...args] });
  // The last of several values counts, as it does for git.
  const values = new Map(stdout.split('\0').map((record) => splitAtFirstLine(record)));
  const name = values.get('user.name');
  const email = values.get('user.email');
  return name === undefined || email === undefined || name === '' || email === ''
    ? undefined
    : { name, email };
}

/** `config -z` ends a name with a line break and a value with NUL. */
function splitAtFirstLine(record: string): readonly [string, string] {
  const [name = '', ...value] = record.split('\n');
  return [name, value.join('\n')];
}
