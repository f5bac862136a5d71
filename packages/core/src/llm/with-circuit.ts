import type { Clock } from '../context/clock.ts';
import type { Circuit, OpenCircuit } from './circuit.ts';
import type { LlmClient } from './llm-client.ts';
import { isLlmError, LlmError, type LlmErrorReason } from './llm-error.ts';

/** What a server does that is down; a server that refuses is not. */
const SIGNS_OF_OUTAGE: readonly LlmErrorReason[] = [
  'connection_refused',
  'connection_lost',
  'timed_out',
  'provider_error',
];

/**
 * Leaves a model of a server alone that has failed several times in a row: for a while a call fails at once, with the reason of
 * the last failure, no attempt and nothing paid; then a single one is let through to see.
 */
export function withCircuit(
  client: LlmClient,
  circuitOf: (model: string) => Circuit,
  clock: Clock,
): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const circuit = circuitOf(request.model);
      const open = circuit.enter();
      if (open !== undefined) throw notAsked(open, clock);
      try {
        const response = await client.complete(request, call);
        circuit.succeed();
        return response;
      } catch (error) {
        note(circuit, error);
        throw error;
      }
    },
  };
}

function note(circuit: Circuit, error: unknown): void {
  if (!isLlmError(error)) circuit.leave();
  else if (SIGNS_OF_OUTAGE.includes(error.reason)) circuit.fail(error);
  else circuit.succeed();
}

function notAsked({ error, failures, waitMs }: OpenCircuit, clock: Clock): LlmError {
  const { reason, status, retryable } = error;
  return new LlmError({
    reason,
    seen: `it was not asked, because ${String(failures)} exchanges in a row have failed (${reason})`,
    ...(status === undefined ? {} : { status }),
    retryAfterMs: waitMs,
    nowMs: clock.nowMs(),
    mayBeCharged: false,
    retryable,
    cause: error,
  });
}
