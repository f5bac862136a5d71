import { unsettledFindings } from '@jarvis/stages';

import { announceDecisions } from '../agents/agent-messages.ts';
import type { DecisionReply, Suggestion } from '../agents/audit-reply.ts';
import { describeMutation } from '../agents/describe-mutation.ts';
import { requireQuestion } from '../dialect/require-question.ts';
import type { DecisionBrief } from '../dialect/dialect.ts';
import type { ActionResult } from '../engine/action.ts';
import { stageOf as insideOf } from '../engine/stage-inside.ts';
import type { Round } from '../engine/run-state.ts';
import { type ActionScope, requirePlan, requireRound, requireStageRound, stageOf } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';
import { showRoadmap } from './show-roadmap.ts';

/** The manager decides on the changes of the roadmap that an audit has suggested. */
export async function decideSuggestions(scope: ActionScope, number: number): Promise<ActionResult> {
  const round = requireRound(scope, number);
  const suggestions = round.audit?.suggestions ?? [];
  const changes = suggestions.map(({ mutation }) => describeMutation(mutation));
  scope.coordinator.suggestChanges(
    round,
    suggestions.map(({ reason }, index) => ({ change: changes[index] ?? '', reason })),
  );
  const { answers } = await ask(scope, round, suggestions.map(toQuestion));
  announceDecisions(scope.coordinator, round, { changes, answers });
  return { type: 'decided', round: number, answers };
}

function toQuestion({ mutation, reason }: Suggestion): DecisionBrief['questions'][number] {
  return { question: `Shall the roadmap change: ${describeMutation(mutation)}?`, reason };
}

/** Whether the stage may be left as it is: people at a gate have said it, or the manager does. */
export async function settleStage(scope: ActionScope, number: number): Promise<ActionResult> {
  const round = requireStageRound(scope, number);
  const verdict = findVerdict(scope, round);
  if (verdict !== undefined) return { type: 'settled', round: number, ...verdict };

  const left = unsettledFindings(insideOf(scope.state, round.stage).findings);
  const { stage } = stageOf(scope, round);
  const { answers } = await ask(scope, round, [
    {
      question: `May the stage "${stage?.name ?? ''}" be left as it is, with what is still wrong with it?`,
      reason: left.map(({ finding }) => `${finding.severity}: ${finding.description}`).join('\n'),
    },
  ]);
  const [answer] = answers;
  return {
    type: 'settled',
    round: number,
    isAccepted: answer?.agreed ?? false,
    by: 'manager',
    reason: answer?.reason ?? 'The manager gave no answer.',
  };
}

/** What people have said at the gate that was put there; `undefined` when nobody was to be asked. */
function findVerdict({ state }: ActionScope, { number }: Round) {
  const gates = state.gates.filter(({ id }) => id.startsWith(`blocked-${String(number)}-`));
  const decisions = gates.flatMap((gate) => gate.decisions);
  const said = decisions.find(({ verdict }) => verdict === 'reject') ?? decisions.at(-1);
  if (said !== undefined) {
    const isAccepted = said.verdict === 'approve';
    const without = `${said.by} has ${isAccepted ? 'accepted' : 'not accepted'} it.`;
    return { isAccepted, by: said.by, reason: said.reason ?? without };
  }
  const rule = gates.map(({ passed }) => passed).find((passed) => passed?.type === 'rule');
  return rule?.type === 'rule' ? { isAccepted: true, by: 'rule', reason: rule.because } : undefined;
}

async function ask(
  scope: ActionScope,
  round: Round,
  questions: DecisionBrief['questions'],
): Promise<DecisionReply> {
  const { accepted, dialect, coordinator, state } = scope;
  const plan = requirePlan(scope);
  return askForReply(scope, {
    purpose: 'decide',
    question: requireQuestion(dialect, 'decide'),
    brief: { task: accepted.task, plan, ...showRoadmap(state), questions },
    parts: { task: accepted.task, plan, questions },
    model: coordinator.chooseModel({ role: 'manager', purpose: 'decide', round }),
    findProblems: ({ answers }) =>
      answers.length === questions.length
        ? []
        : [`There are ${String(questions.length)} questions, and ${String(answers.length)} answers.`],
  });
}
