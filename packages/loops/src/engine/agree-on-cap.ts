import { type CostCapReachedError, type CostScope, describeScope, hasErrorCode, toUsd } from '@jarvis/core';

import type { Amendment } from './amendment.ts';
import { commonFacts, type GateQuestion } from './gate-question.ts';
import { passQuestion } from './pass-gates.ts';
import type { RunSession } from './run-session.ts';
import type { RunState } from './run-state.ts';

/** What came of a cap that was met: people have agreed to raise it, or the run stands still for this reason. */
export type CapOutcome = { readonly type: 'raised' } | { readonly type: 'stands'; readonly error: unknown };

/** Where a rule asks at caps, a cap that is met is doubled once everybody has agreed who is to be asked. */
export async function agreeOnCap(session: RunSession, error: unknown, nowMs: number): Promise<CapOutcome> {
  if (!isCostCapReached(error)) return { type: 'stands', error };
  try {
    await session.takeInbox();
    if (session.state.cancelled !== undefined) return { type: 'stands', error };
    const newCapUsd = error.capUsd * 2;
    const isAsked = await passQuestion(session, toQuestion(error, newCapUsd, session.state), nowMs);
    if (!isAsked) return { type: 'stands', error };
    await session.append({ type: 'run.amended', data: toAmendment(error.scope, newCapUsd) });
    return { type: 'raised' };
  } catch (refusal) {
    return { type: 'stands', error: refusal };
  }
}

/** Tells whether an error says that a cap is met, whichever copy of the package made it. */
export function isCostCapReached(error: unknown): error is CostCapReachedError {
  return hasErrorCode(error, 'JARVIS_COST_CAP_REACHED');
}

/** A yes is to this step, at what is spent by now; it is used up by the raise. */
function toQuestion(error: CostCapReachedError, newCapUsd: number, state: RunState): GateQuestion {
  const { capUsd, neededUsd, scope } = error;
  const { bookedNanoUsd, reservedNanoUsd } = state.ledger;
  const subject = {
    cap: describeScope(scope),
    capUsd,
    newCapUsd,
    spentUsd: toUsd(bookedNanoUsd + reservedNanoUsd),
  };
  const facts = { ...commonFacts(state), capUsd, newCapUsd, neededUsd };
  return { place: 'cap', name: 'cap', subject, shown: { ...subject, neededUsd }, facts };
}

function toAmendment(scope: CostScope, capUsd: number): Amendment {
  switch (scope.type) {
    case 'run':
      return { capUsd };
    case 'role':
      return { roleCapsUsd: { [scope.role]: capUsd } };
    case 'stage':
      return { stageCapUsd: capUsd };
  }
}
