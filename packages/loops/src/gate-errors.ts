import { JarvisError, renderSeat, type Seat } from '@jarvis/core';

/** Somebody has to decide before the run goes on. */
export class GateWaitingError extends JarvisError<'JARVIS_GATE_WAITING'> {
  readonly code = 'JARVIS_GATE_WAITING';
  readonly gateId: string;

  constructor({ runId, gateId, seat }: { runId: string; gateId: string; seat: Seat }) {
    super(
      `Gate ${gateId} waits for ${renderSeat(seat)}. See what it asks with: jarvis show ${runId}; then: ` +
        `jarvis approve ${runId} --resume, or jarvis reject ${runId} --reason "…"`,
    );
    this.gateId = gateId;
  }
}

/** Nobody has decided in time. It is never an approval. */
export class GateExpiredError extends JarvisError<'JARVIS_GATE_EXPIRED'> {
  readonly code = 'JARVIS_GATE_EXPIRED';
  readonly gateId: string;

  constructor({ runId, gateId }: { runId: string; gateId: string }) {
    super(`Nobody has decided gate ${gateId} in time. To be asked again: jarvis resume ${runId}`);
    this.gateId = gateId;
  }
}

/** Somebody has said no, so the run is over. */
export class GateRejectedError extends JarvisError<'JARVIS_GATE_REJECTED'> {
  readonly code = 'JARVIS_GATE_REJECTED';
  readonly gateId: string;
  /** Who has said no. */
  readonly by: string;

  constructor({ gateId, by, reason }: { gateId: string; by: string; reason: string | undefined }) {
    const why = reason === undefined ? '' : `: ${reason}`;
    super(`${by} rejected gate ${gateId}${why}. Start another run that takes it into account.`);
    this.gateId = gateId;
    this.by = by;
  }
}

/** A decision that has no effect: late, repeated, out of turn, or about something else. */
export class GateDecisionError extends JarvisError<'JARVIS_GATE_DECISION'> {
  readonly code = 'JARVIS_GATE_DECISION';
  readonly runId: string;
  readonly outcome: string;

  constructor({ runId, outcome, message }: { runId: string; outcome: string; message: string }) {
    super(`${message} See: jarvis show ${runId}`);
    this.runId = runId;
    this.outcome = outcome;
  }
}
