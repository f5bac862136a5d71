import type { ActionResult } from '../engine/action.ts';
import type { ActionScope } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';

/** The manager plans the task. */
export async function planTask(scope: ActionScope): Promise<ActionResult> {
  const { accepted, dialect, coordinator } = scope;
  const { earlier } = accepted;
  const told = earlier === undefined ? {} : { earlierRuns: earlier.entries };
  const model = coordinator.chooseModel({ role: 'manager', purpose: 'plan' });
  const plan = await askForReply(scope, {
    purpose: 'plan',
    question: dialect.plan,
    brief: { task: accepted.task, ...told },
    parts: { task: accepted.task, ...told },
    model,
  });
  return { type: 'planned', plan };
}
