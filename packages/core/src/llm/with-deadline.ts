import type { Clock } from '../context/clock.ts';
import type { LlmClient } from './llm-client.ts';
import { LlmError } from './llm-error.ts';

/** Nobody reads it; without a reason of ours each call would make an error with a stack. */
const IN_TIME = 'the exchange ended in time';

/**
 * Ends an exchange that takes longer than `deadlineMs`, from the first byte sent to the last byte received.
 * What the server did until then may be charged.
 */
export function withDeadline(client: LlmClient, deadlineMs: number, clock: Clock): LlmClient {
  return {
    async complete(request, call) {
      const timer = new AbortController();
      const deadline = new AbortController();
      const expire = async (): Promise<never> => {
        await clock.sleep(deadlineMs, timer.signal);
        const overdue = new LlmError({
          reason: 'timed_out',
          seen: `no complete answer within ${String(Math.round(deadlineMs / 1000))} s`,
          mayBeCharged: true,
        });
        deadline.abort(overdue);
        throw overdue;
      };
      const exchange = async () =>
        client.complete(request, { ...call, signal: AbortSignal.any([call.signal, deadline.signal]) });
      try {
        // A client that does not listen to its signal must not hold the run up either.
        return await Promise.race([exchange(), expire()]);
      } catch (error) {
        throw deadline.signal.aborted ? deadline.signal.reason : error;
      } finally {
        timer.abort(IN_TIME);
      }
    },
  };
}
