import type { Clock } from '../context/clock.ts';
import type { RetryPolicy } from '../durable/retry-policy.ts';
import { delayBeforeRetry } from '../durable/retry-policy.ts';
import type { LlmClient } from './llm-client.ts';
import { isLlmError } from './llm-error.ts';

/**
 * Asks again after a failure that may pass, as the policy says and no longer than the server asked to wait.
 * A request that cannot succeed is made once.
 */
export function withRetry(client: LlmClient, policy: RetryPolicy, clock: Clock): LlmClient {
  return {
    async complete(request, call) {
      for (let failures = 1; ; failures += 1) {
        try {
          return await client.complete(request, call);
        } catch (error) {
          const delayMs = delayAfter(error, failures, policy);
          if (delayMs === undefined) throw error;
          await clock.sleep(delayMs, call.signal);
        }
      }
    },
  };
}

function delayAfter(error: unknown, failures: number, policy: RetryPolicy): number | undefined {
  if (!isLlmError(error) || !error.retryable) return undefined;
  return delayBeforeRetry(policy, { failures, askedMs: error.retryAfterMs });
}
