import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import { reportChecks, requestChecks } from '../agents/agent-messages.ts';
import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';

/** Looks once more at everything that is about to be handed over, whoever wrote it. */
export async function proveSafety(scope: ActionScope, round: number): Promise<ActionResult> {
  const { steps, context, dialect, coordinator, state } = scope;
  const asked = { id: `tool-${String(state.actionCount)}`, by: 'manager', of: 'everything' } as const;
  requestChecks(coordinator, asked);
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
  reportChecks(coordinator, asked, findings);
  return { type: 'safety-proved', round, findings };
}
