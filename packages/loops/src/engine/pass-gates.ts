import {
  expireGate,
  type Gate,
  type GateRule,
  gateRulesAt,
  gateStatus,
  hashSubject,
  openGate,
  waitingStep,
} from '@jarvis/core';

import { GateExpiredError, GateRejectedError, GateWaitingError } from '../gate-errors.ts';
import type { Action } from './action.ts';
import { completeConfig } from './amendment.ts';
import type { Contents } from './contents.ts';
import { findQuestions } from './gate-places.ts';
import type { GateQuestion } from './gate-question.ts';
import type { RunSession } from './run-session.ts';

/** What asking people takes beside the run itself. */
export interface AskingContext {
  /** The decision clock, milliseconds since 1970 UTC. */
  readonly nowMs: number;
  readonly contents: Contents;
}

/**
 * Lets an action be begun once everybody has agreed who is to be asked. A gate is opened once for what it is about; one
 * that nobody decided in time is asked again when the run is resumed, and so is one whose subject has changed.
 *
 * @throws {@link GateWaitingError} while somebody has to decide.
 * @throws {@link GateExpiredError} when nobody has decided in time.
 * @throws {@link GateRejectedError} when somebody has said no, and the run has nothing to do then.
 */
export async function passGates(
  session: RunSession,
  action: Action,
  { nowMs, contents }: AskingContext,
): Promise<void> {
  if (completeConfig(session.state.config).gates.length === 0) return;
  for (const question of await findQuestions(action, session.state, contents)) {
    await passQuestion(session, question, nowMs);
  }
}

/**
 * Asks one question, wherever it comes from; see {@link passGates}.
 *
 * @returns whether anybody is to be asked at all.
 */
export async function passQuestion(
  session: RunSession,
  question: GateQuestion,
  nowMs: number,
): Promise<boolean> {
  const rules = gateRulesAt(completeConfig(session.state.config).gates, question.place);
  for (const [index, rule] of rules.entries()) {
    const stem = `${question.name}-${String(index + 1)}`;
    const gate = findGate(session, await ensureGate(session, { question, rule, stem, nowMs }));
    if (gateStatus(gate) === 'rejected' && question.survivesNo === true) return true;
    requirePassed(session, gate);
  }
  return rules.length > 0;
}

interface Asking {
  readonly question: GateQuestion;
  readonly rule: GateRule;
  readonly stem: string;
  readonly nowMs: number;
}

/** The id of the gate that asks: the one that is there, or a new one. */
async function ensureGate(session: RunSession, { question, rule, stem, nowMs }: Asking): Promise<string> {
  const asked = session.state.gates.filter(({ id }) => id.startsWith(`${stem}.`));
  const last = asked.at(-1);
  const { subject, shown, facts, place } = question;
  const isSame = last?.subjectHash === hashSubject(subject);
  if (last !== undefined && isSame && !mayAskAgain(last, session)) {
    const { record } = expireGate(last, nowMs);
    if (record !== undefined) await session.append(record);
    return last.id;
  }
  const id = `${stem}.${String(asked.length + 1)}`;
  const isOpen = last !== undefined && ['open', 'escalated'].includes(gateStatus(last));
  const { record } = openGate({
    id,
    kind: place,
    policy: rule,
    subject,
    shown,
    facts,
    atMs: nowMs,
    ...(isOpen ? { supersedes: last.id } : {}),
  });
  await session.append(record);
  return id;
}

/** A gate that ran out before this process took the run up is asked again, and one whose stage was taken up again. */
function mayAskAgain(gate: Gate, { past }: RunSession): boolean {
  const status = gateStatus(gate);
  if (status !== 'expired') return status === 'moot';
  return past.some((record) => record.type === 'gate.expired' && record.data.gateId === gate.id);
}

function findGate({ state, runId }: RunSession, id: string): Gate {
  const gate = state.gates.find((candidate) => candidate.id === id);
  if (gate === undefined) throw new TypeError(`run ${runId} has no gate ${id}, although it was opened`);
  return gate;
}

function requirePassed({ runId }: RunSession, gate: Gate): void {
  switch (gateStatus(gate)) {
    case 'approved':
      return;
    case 'open':
    case 'escalated':
    case 'superseded':
    case 'moot':
      throw new GateWaitingError({ runId, gateId: gate.id, seat: waitingStep(gate)?.seat ?? {} });
    case 'expired':
      throw new GateExpiredError({ runId, gateId: gate.id });
    case 'rejected': {
      const no = gate.decisions.find(({ verdict }) => verdict === 'reject');
      throw new GateRejectedError({ gateId: gate.id, by: no?.by ?? '', reason: no?.reason });
    }
  }
}
