import {
  expireGate,
  type Gate,
  type GateRule,
  gateRulesAt,
  gateStatus,
  openGate,
  waitingStep,
} from '@jarvis/core';

import { GateExpiredError, GateRejectedError, GateWaitingError } from '../gate-errors.ts';
import type { Action } from './action.ts';
import { completeConfig } from './amendment.ts';
import { findQuestion, type GateQuestion } from './gate-places.ts';
import type { RunSession } from './run-session.ts';

/**
 * Lets an action be begun once everybody has agreed who is to be asked. A gate is opened once for what it is about; one
 * that nobody decided in time is asked again when the run is resumed.
 *
 * @throws {@link GateWaitingError} while somebody has to decide.
 * @throws {@link GateExpiredError} when nobody has decided in time.
 * @throws {@link GateRejectedError} when somebody has said no.
 */
export async function passGates(session: RunSession, action: Action, nowMs: number): Promise<void> {
  const question = findQuestion(action, session.state);
  if (question === undefined) return;
  const rules = gateRulesAt(completeConfig(session.state.config).gates, question.place);
  for (const [index, rule] of rules.entries()) {
    const id = await ensureGate(session, {
      question,
      rule,
      stem: `${question.name}-${String(index + 1)}`,
      nowMs,
    });
    requirePassed(session, findGate(session, id));
  }
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
  if (last !== undefined && !hasExpired(last, session)) {
    const { record } = expireGate(last, nowMs);
    if (record !== undefined) await session.append(record);
    return last.id;
  }
  const { subject, shown, facts, place } = question;
  const id = `${stem}.${String(asked.length + 1)}`;
  const { record } = openGate({ id, kind: place, policy: rule, subject, shown, facts, atMs: nowMs });
  await session.append(record);
  return id;
}

/** A gate that ran out before this process took the run up is asked again. */
function hasExpired(gate: Gate, { past }: RunSession): boolean {
  if (gateStatus(gate) !== 'expired') return false;
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
      throw new GateWaitingError({ runId, gateId: gate.id, seat: waitingStep(gate)?.seat ?? {} });
    case 'expired':
      throw new GateExpiredError({ runId, gateId: gate.id });
    case 'rejected': {
      const no = gate.decisions.find(({ verdict }) => verdict === 'reject');
      throw new GateRejectedError({ gateId: gate.id, by: no?.by ?? '', reason: no?.reason });
    }
  }
}
