import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import { reportChecks, requestChecks } from '../agents/agent-messages.ts';
import type { Action, ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';

/** Runs the checks again for stages that a reopened one may have touched. */
export async function verifyStages(
  scope: ActionScope,
  { round, stages }: Extract<Action, { type: 'verify' }>,
): Promise<ActionResult> {
  const { steps, context, coordinator, state } = scope;
  const asked = { id: `tool-${String(state.actionCount)}`, by: 'supervisor', of: stages.join(', ') } as const;
  requestChecks(coordinator, asked);
  const { files } = await readProjectFiles(scope);
  const findings = await steps.look({
    name: 'stages.verify',
    key: {},
    result: z.array(findingSchema),
    look: async () => [...(await runChecks(context.checks, files, context.signal))],
  });
  reportChecks(coordinator, asked, findings);
  return { type: 'verified', round, stages, findings };
}
