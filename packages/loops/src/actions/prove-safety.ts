import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';

/** Looks once more at everything that is about to be handed over, whoever wrote it. */
export async function proveSafety(scope: ActionScope, round: number): Promise<ActionResult> {
  const { steps, context, dialect } = scope;
  const { files } = await readProjectFiles(scope);
  const findings = await steps.look({
    name: 'safety.run',
    key: {},
    result: z.array(findingSchema),
    look: async () => {
      const { checks, signal } = context;
      return [...(dialect.inspectSafety?.(files) ?? (await runChecks(checks, files, signal)))];
    },
  });
  return { type: 'safety-proved', round, findings };
}
