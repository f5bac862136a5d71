import { answerEmployee, askManager } from '../agents/agent-messages.ts';
import { listAsked } from '../agents/open-questions.ts';
import { requireQuestion } from '../dialect/require-question.ts';
import type { ActionResult } from '../engine/action.ts';
import { type ActionScope, requirePlan, requireRound, stageOf } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';
import { showRoadmap } from './show-roadmap.ts';

/** The manager answers what the employee has asked instead of working. */
export async function clarifyWork(scope: ActionScope, number: number): Promise<ActionResult> {
  const { accepted, dialect, coordinator, state } = scope;
  const round = requireRound(scope, number);
  const plan = requirePlan(scope);
  const asked = listAsked(round.work);
  const told = stageOf(scope, round);
  askManager(coordinator, round);
  const { answers } = await askForReply(scope, {
    purpose: 'clarify',
    question: requireQuestion(dialect, 'clarify'),
    brief: {
      task: accepted.task,
      plan,
      ...told,
      ...showRoadmap(state),
      summary: round.work?.summary ?? '',
      asked,
    },
    parts: { task: accepted.task, plan, ...told, asked },
    model: coordinator.chooseModel({ role: 'manager', purpose: 'clarify', round }),
    findProblems: (reply) =>
      reply.answers.length === asked.length
        ? []
        : [
            `${String(asked.length)} things were asked, and there are ${String(reply.answers.length)} answers.`,
          ],
  });
  answerEmployee(coordinator, round, answers);
  return { type: 'clarified', round: number, answers };
}
