import { type Gate, gateStatus, renderSeat, type Seat, waitingStep } from '@jarvis/core';

import { cutText } from './cut-text.ts';
import { renderMoment } from './render-moment.ts';
import { renderShown } from './render-shown.ts';

/** The longest reason people are shown, in characters. */
const SHOWN_REASON = 200;

/** A question to people: how it stands, what is asked, by which rule, how to answer, and who has answered when. */
export function renderGate(gate: Gate, runId: string): readonly string[] {
  const waiting = waitingStep(gate);
  const status = gateStatus(gate);
  const isOpen = status === 'open' || status === 'escalated';
  return [
    `${gate.id}: ${status}${isOpen && waiting !== undefined ? `, waits for ${renderSeat(waiting.seat)}` : ''}`,
    `  asked ${renderMoment(gate.openedAtMs)}, by the rule at "${gate.kind}": ${renderRule(gate)}`,
    ...gate.decisions.map(renderDecision),
    ...renderEnd(gate),
    ...(isOpen ? renderQuestion(gate, runId) : []),
  ];
}

function renderRule(gate: Gate): string {
  const { approvers, deadlineMs, onDeadline, passed } = gate;
  if (passed?.type === 'rule')
    return `nobody has to be asked, because: ${cutText(passed.because, SHOWN_REASON)}`;
  if (passed !== undefined) return 'nobody has to be asked, since no step of it applies';
  const steps = approvers.map(({ needed = 1, role, person }) => {
    const seat = renderSeat(toSeat(role, person));
    return needed === 1 ? seat : `${String(needed)} people of ${seat}`;
  });
  const then = onDeadline === 'park' ? 'the run is parked' : `${renderSeat(onDeadline.escalateTo)} decides`;
  const until = deadlineMs === undefined ? '' : `, until ${renderMoment(deadlineMs)}; after that ${then}`;
  return `${steps.join(', then ')}${until}`;
}

function toSeat(role: string | undefined, person: string | undefined): Seat {
  return { ...(role === undefined ? {} : { role }), ...(person === undefined ? {} : { person }) };
}

function renderDecision({ by, role, verdict, reason, atMs }: Gate['decisions'][number]): string {
  const why = reason === undefined ? '' : `: ${cutText(reason, SHOWN_REASON)}`;
  return `  ${by} (${role}): ${verdict}, ${renderMoment(atMs)}${why}`;
}

function renderEnd({ expiredAtMs, escalatedAtMs, closed, supersededBy }: Gate): readonly string[] {
  return [
    ...(escalatedAtMs === undefined
      ? []
      : [`  handed on ${renderMoment(escalatedAtMs)}: nobody had decided`]),
    ...(expiredAtMs === undefined ? [] : [`  closed ${renderMoment(expiredAtMs)}: nobody had decided`]),
    ...(closed === undefined ? [] : [`  closed ${renderMoment(closed.atMs)}: ${closed.reason}`]),
    ...(supersededBy === undefined
      ? []
      : [`  what it asked about has changed; asked again as ${supersededBy}`]),
  ];
}

function renderQuestion({ id, shown, subjectHash }: Gate, runId: string): readonly string[] {
  return [
    '  it asks about:',
    ...renderShown(shown).map((line) => `    ${line}`),
    `  yes: jarvis approve ${runId} --gate ${id} --resume`,
    `  no:  jarvis reject ${runId} --gate ${id} --reason "…"`,
    `  only about just this: --shown ${subjectHash}`,
  ];
}
