import type { CommitPlan } from '@jarvis/core';

import type { GitCommand } from './git-call.ts';

/** Who and when, for the commands that write it down. */
export function signatureOf({ author, atSeconds }: CommitPlan): NonNullable<GitCommand['variables']> {
  const date = `@${String(atSeconds)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
}

/** The lines at the end of the message by which the commit is found again. */
export function trailersOf({ trailers }: CommitPlan): readonly string[] {
  return Object.entries(trailers).map(([name, value]) => `${name}: ${value}`);
}

/** The message as it is planned; hooks may have another one in its place. */
export function messageOf(plan: CommitPlan): string {
  const trailers = trailersOf(plan);
  const message = trailers.length === 0 ? [plan.subject] : [plan.subject, '', ...trailers];
  return `${message.join('\n')}\n`;
}
