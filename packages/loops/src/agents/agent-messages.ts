import type { AgentRole, Finding } from '@jarvis/core';

import type { Round, StageRound } from '../engine/run-state.ts';
import type { AgentCoordinator } from './agent-coordinator.ts';
import type { DecisionReply } from './audit-reply.ts';
import { listAsked } from './open-questions.ts';

type Talk = Pick<AgentCoordinator, 'say'>;

/** The most that is said of what the checks have found, in characters; all of it is in the result of the action. */
const LONGEST_OUTPUT = 1_000;

export interface ChecksAsked {
  /** Different for every time the checks run in a run. */
  readonly id: string;
  readonly by: AgentRole;
  /** What is checked, in words. */
  readonly of: string;
}

/** An agent has the checks run; they are the tool of a team that can run nothing itself. */
export function requestChecks(talk: Talk, { id, by, of }: ChecksAsked): void {
  const payload = { tool: 'checks', input: { of } };
  talk.say({ id, kind: 'tool.requested', from: by, to: 'tools', payload });
}

/** The checks have run: whether everything is free of errors, and in short what they found. */
export function reportChecks(
  talk: Talk,
  { id, by }: Pick<ChecksAsked, 'id' | 'by'>,
  findings: readonly Finding[],
): void {
  talk.say({
    id: `${id}-finished`,
    kind: 'tool.finished',
    from: 'tools',
    to: by,
    replyTo: id,
    payload: {
      succeeded: findings.every(({ severity }) => severity !== 'error'),
      output: findings.map(describe).join('\n').slice(0, LONGEST_OUTPUT),
    },
  });
}

/** The supervisor tells the employee what could be better; none of it keeps the stage from going on. */
export function giveFeedback(talk: Talk, { number, stage }: StageRound, findings: readonly Finding[]): void {
  const payload = { stageId: stage, feedback: findings.map(describe) };
  talk.say({
    id: `feedback-${String(number)}`,
    kind: 'feedback.given',
    from: 'supervisor',
    to: 'employee',
    payload,
  });
}

/** The manager tells the supervisor what becomes of each suggestion, and why. */
export function announceDecisions(
  talk: Talk,
  { number }: Round,
  { changes, answers }: { readonly changes: readonly string[]; readonly answers: DecisionReply['answers'] },
): void {
  for (const [index, { agreed, reason }] of answers.entries()) {
    const text = `${agreed ? 'Agreed' : 'Refused'}: ${changes[index] ?? ''}. ${reason}`;
    const id = `decided-${String(number)}-${String(index + 1)}`;
    talk.say({ id, kind: 'notice', from: 'manager', to: 'supervisor', payload: { text } });
  }
}

/** The manager tells the employee that a stage is worked on again; `time` counts how often it was. */
export function announceReopening(
  talk: Talk,
  { stageId, time, reason }: { readonly stageId: string; readonly time: number; readonly reason: string },
): void {
  const payload = { text: `The stage ${stageId} is worked on again: ${reason}` };
  const id = `reopened-${stageId}-${String(time)}`;
  talk.say({ id, kind: 'notice', from: 'manager', to: 'employee', payload });
}

/** The employee asks the manager what it has to know, and says what keeps it from going on. */
export function askManager(talk: Talk, { number, work }: Round): void {
  const envelope = { from: 'employee', to: 'manager' } as const;
  for (const [index, question] of (work?.questions ?? []).entries()) {
    const id = questionId(number, index);
    talk.say({ ...envelope, id, kind: 'clarification.requested', payload: { question } });
  }
  if (work?.blocker === undefined) return;
  const payload = { problem: work.blocker };
  talk.say({ ...envelope, id: `blocker-${String(number)}`, kind: 'blocker.reported', payload });
}

/** The manager answers each question, and says what is to be done about what keeps the employee from going on. */
export function answerEmployee(talk: Talk, { number, work }: Round, answers: readonly string[]): void {
  const envelope = { from: 'manager', to: 'employee' } as const;
  const questions = work?.questions ?? [];
  for (const [index, answer] of answers.slice(0, questions.length).entries()) {
    const replyTo = questionId(number, index);
    const id = `${replyTo}-answered`;
    talk.say({ ...envelope, id, kind: 'clarification.given', replyTo, payload: { answer } });
  }
  const [text] = answers.slice(questions.length, listAsked(work).length);
  if (text === undefined) return;
  talk.say({ ...envelope, id: `unblock-${String(number)}`, kind: 'notice', payload: { text } });
}

function questionId(round: number, index: number): string {
  return `question-${String(round)}-${String(index + 1)}`;
}

function describe({ severity, file, description }: Finding): string {
  return `${severity}: ${file === undefined ? '' : `${file}: `}${description}`;
}
