import type { Action, ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';
import { inspectFiles } from './inspect-files.ts';

/** Runs the checks again for stages that a reopened one may have touched. */
export async function verifyStages(
  scope: ActionScope,
  { round, stages }: Extract<Action, { type: 'verify' }>,
): Promise<ActionResult> {
  const { dialect, state } = scope;
  const { files } = await readProjectFiles(scope);
  const findings = await inspectFiles(scope, files, {
    step: 'stages.verify',
    asked: { id: `tool-${String(state.actionCount)}`, by: 'supervisor', of: stages.join(', ') },
    ...(dialect.inspect === undefined ? {} : { own: dialect.inspect }),
  });
  return { type: 'verified', round, stages, findings };
}
