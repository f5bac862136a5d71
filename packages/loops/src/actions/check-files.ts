import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles, requireRound } from './action-scope.ts';

/** Looks at the project's files with all checks. */
export async function checkFiles(scope: ActionScope, round: number): Promise<ActionResult> {
  const { steps, context, dialect } = scope;
  const { files, listing } = await readProjectFiles(scope);
  const findings = await steps.look({
    name: 'checks.run',
    key: {},
    result: z.array(findingSchema),
    look: async () => {
      const { checks, signal } = context;
      return [...(dialect.inspect?.(files) ?? (await runChecks(checks, files, signal)))];
    },
  });
  const ran = dialect.inspect === undefined ? context.checks.map(({ id }) => id) : [];
  const { cycle } = requireRound(scope, round);
  return {
    type: 'checked',
    round,
    findings,
    contentHash: listing,
    ...(cycle === undefined ? {} : { ran }),
  };
}
