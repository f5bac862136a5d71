import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles } from './action-scope.ts';
import { inspectFiles } from './inspect-files.ts';

/** Looks once more at everything that is about to be handed over, whoever wrote it. */
export async function proveSafety(scope: ActionScope, round: number): Promise<ActionResult> {
  const { dialect, state } = scope;
  const { files } = await readProjectFiles(scope);
  const findings = await inspectFiles(scope, files, {
    step: 'safety.run',
    asked: { id: `tool-${String(state.actionCount)}`, by: 'manager', of: 'everything' },
    ...(dialect.inspectSafety === undefined ? {} : { own: dialect.inspectSafety }),
  });
  return { type: 'safety-proved', round, findings };
}
