import { findingSchema, runChecks } from '@jarvis/core';
import { z } from 'zod';

import { reportChecks, requestChecks } from '../agents/agent-messages.ts';
import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles, requireRound } from './action-scope.ts';

/** Looks at the project's files with all checks. Where work is audited, it is the auditor who has them run. */
export async function checkFiles(scope: ActionScope, round: number): Promise<ActionResult> {
  const { steps, context, dialect, coordinator, state } = scope;
  const { cycle, stage = '' } = requireRound(scope, round);
  const asked = { id: `tool-${String(state.actionCount)}`, by: 'supervisor', of: stage } as const;
  if (cycle !== undefined) requestChecks(coordinator, asked);
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
  if (cycle !== undefined) reportChecks(coordinator, asked, findings);
  return {
    type: 'checked',
    round,
    findings,
    contentHash: listing,
    ...(cycle === undefined ? {} : { ran }),
  };
}
