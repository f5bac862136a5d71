import { type Gate, gateStatus } from '@jarvis/core';

import type { RunSession } from './run-session.ts';
import type { RunState } from './run-state.ts';

/** Closes the questions about stages that nobody is to work on any more: whoever answers would answer nothing. */
export function closeMootGates(session: Pick<RunSession, 'state' | 'defer'>, nowMs: number): void {
  const { state } = session;
  for (const gate of state.gates) {
    const reason = ['open', 'escalated'].includes(gateStatus(gate)) ? whyMoot(gate, state) : undefined;
    if (reason === undefined) continue;
    session.defer({ type: 'gate.closed', data: { gateId: gate.id, atMs: nowMs, reason } });
  }
}

/** The name of the question, see `askAboutStage`, with the number of the rule and of the asking. */
const STAGE_GATE = /^stage-(?<stage>.+)-\d+\.\d+$/u;

function whyMoot({ id: gateId }: Gate, { roadmap }: RunState): string | undefined {
  const stageId = STAGE_GATE.exec(gateId)?.groups?.['stage'];
  if (stageId === undefined || roadmap === undefined) return undefined;
  const stage = roadmap.stages.find(({ id }) => id === stageId);
  if (stage === undefined) return `The stage ${stageId} is not on the roadmap any more.`;
  return stage.status === 'skipped' ? `The stage ${stageId} is skipped.` : undefined;
}
