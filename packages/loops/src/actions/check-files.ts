import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, readProjectFiles, requireRound } from './action-scope.ts';
import { inspectFiles } from './inspect-files.ts';

/** Looks at the project's files with all checks. Where work is audited, it is the auditor who has them run. */
export async function checkFiles(scope: ActionScope, round: number): Promise<ActionResult> {
  const { context, dialect, state } = scope;
  const { cycle, stage } = requireRound(scope, round);
  const { files, listing } = await readProjectFiles(scope);
  const findings = await inspectFiles(scope, files, {
    step: 'checks.run',
    ...(cycle === undefined || stage === undefined
      ? {}
      : { asked: { id: `tool-${String(state.actionCount)}`, by: 'supervisor', of: stage } }),
    ...(dialect.inspect === undefined ? {} : { own: dialect.inspect }),
  });
  const ran = dialect.inspect === undefined ? context.checks.map(({ id }) => id) : [];
  return {
    type: 'checked',
    round,
    findings,
    contentHash: listing,
    ...(cycle === undefined ? {} : { ran }),
  };
}
