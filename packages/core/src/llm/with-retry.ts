import type { Clock } from '../context/clock.ts';
import type { RetryPolicy } from '../durable/retry-policy.ts';
import { delayBeforeRetry } from '../durable/retry-policy.ts';
import type { AttemptEnding, LlmCall, LlmClient } from './llm-client.ts';
import { isLlmError } from './llm-error.ts';

/**
 * Asks again after a failure that may pass, as the policy says and no longer than the server asked to wait.
 * A request that cannot succeed is made once. The pause is written down with the attempt it follows.
 */
export function withRetry(client: LlmClient, policy: RetryPolicy, clock: Clock): LlmClient {
  return {
    async complete(request, call) {
      for (let failures = 1; ; failures += 1) {
        const { attempts, release } = holdFailures(call);
        try {
          return await client.complete(request, { ...call, attempts });
        } catch (error) {
          const waitMs = delayAfter(error, failures, policy);
          release(waitMs);
          if (waitMs === undefined) throw error;
          await clock.sleep(waitMs, call.signal);
        }
      }
    },
  };
}

function delayAfter(error: unknown, failures: number, policy: RetryPolicy): number | undefined {
  if (!isLlmError(error) || !error.retryable) return undefined;
  return delayBeforeRetry(policy, { failures, askedMs: error.retryAfterMs });
}

/** A failed attempt is closed before anybody knows whether it is followed by a pause: its ending waits for that. */
function holdFailures({ attempts }: LlmCall) {
  const held: (readonly [attemptId: string, ending: AttemptEnding])[] = [];
  return {
    attempts: {
      open: (opening) => attempts.open(opening),
      close: (attemptId, ending) => {
        if (ending.type === 'failed') held.push([attemptId, ending]);
        else attempts.close(attemptId, ending);
      },
    } satisfies LlmCall['attempts'],
    release: (waitMs: number | undefined) => {
      for (const [attemptId, ending] of held) {
        attempts.close(attemptId, { ...ending, ...(waitMs === undefined ? {} : { waitMs }) });
      }
    },
  };
}
