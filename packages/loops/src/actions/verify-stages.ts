import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import type { Action, ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';

/** Runs the checks again for stages that a reopened one may have touched. */
export async function verifyStages(
  scope: ActionScope,
  { round, stages }: Extract<Action, { type: 'verify' }>,
): Promise<ActionResult> {
  const { steps, context } = scope;
  const { files } = await readProjectFiles(scope);
  const findings = await steps.look({
    name: 'stages.verify',
    key: {},
    result: z.array(findingSchema),
    look: async () => [...(await runChecks(context.checks, files, context.signal))],
  });
  return { type: 'verified', round, stages, findings };
}
