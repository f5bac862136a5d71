import { findSplitProblems, toSplit } from '../agents/split-reply.ts';
import type { ActionResult } from '../engine/action.ts';
import { requireQuestion } from '../dialect/require-question.ts';
import { type ActionScope, requirePlan } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';

/** The supervisor divides the plan into stages. */
export async function splitPlan(scope: ActionScope): Promise<ActionResult> {
  const { accepted, dialect, coordinator } = scope;
  const plan = requirePlan(scope);
  const reply = await askForReply(scope, {
    purpose: 'split',
    question: requireQuestion(dialect, 'split'),
    brief: { task: accepted.task, plan },
    parts: { task: accepted.task, plan },
    model: coordinator.chooseModel({ role: 'supervisor', purpose: 'split' }),
    findProblems: (division) => findSplitProblems(division, plan),
  });
  return { type: 'split', split: toSplit(reply) };
}
