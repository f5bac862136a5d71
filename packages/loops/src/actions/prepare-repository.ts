import { GitUnusableError } from '@jarvis/core';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import type { ActionScope } from './action-scope.ts';

/** Makes the project folder a git repository, as the user asked for. */
export async function prepareRepository({ steps, context }: ActionScope): Promise<ActionResult> {
  const branch = await steps.perform({
    name: 'git.initialise',
    key: {},
    intent: z.null(),
    result: z.string(),
    plan: () => Promise.resolve(null),
    carryOut: async () => {
      const before = await context.git.inspect();
      if (before.type === 'none') await context.git.initialise();
      const after = await context.git.inspect();
      if (after.type !== 'ready') throw new GitUnusableError({ problem: 'the repository could not be made' });
      return after.branch;
    },
  });
  return { type: 'prepared', branch };
}
