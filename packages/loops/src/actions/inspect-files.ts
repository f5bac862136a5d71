import { type Finding, findingSchema, runChecks, type WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import { reportChecks, requestChecks } from '../agents/agent-messages.ts';
import type { ActionScope } from './action-scope.ts';

interface Inspection {
  /** The step it is recorded as. */
  readonly step: string;
  /** Who has the checks run, and on what; left out when nobody is told of it. */
  readonly asked?: Parameters<typeof requestChecks>[1];
  /** The dialect's own look, instead of the checks. */
  readonly own?: (files: readonly WorkspaceFile[]) => readonly Finding[];
}

/** Runs the checks on files, as a step of the action: those of the dialect, or those of the context. */
export async function inspectFiles(
  { steps, context, coordinator, untilStopped }: ActionScope,
  files: readonly WorkspaceFile[],
  { step, asked, own }: Inspection,
): Promise<Finding[]> {
  if (asked !== undefined) requestChecks(coordinator, asked);
  const findings = await steps.look({
    name: step,
    key: {},
    result: z.array(findingSchema),
    // A command of the user may take long, and so has to hear when the run is to stop.
    look: async () => [
      ...(own?.(files) ?? (await untilStopped((signal) => runChecks(context.checks, files, signal)))),
    ],
  });
  if (asked !== undefined) reportChecks(coordinator, asked, findings);
  return findings;
}
