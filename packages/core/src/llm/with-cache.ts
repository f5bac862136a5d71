import type { LlmClient, LlmResponse } from './llm-client.ts';
import type { ReplyCache } from './reply-cache.ts';
import { requestKey } from './request-key.ts';

/**
 * Asks nobody when the same question was answered before: such an answer costs nothing, makes no attempt and is
 * marked `isCached`. Only whole answers of a model are kept; what was cut off, refused, filtered, empty or simulated
 * is asked for again.
 */
export function withCache(client: LlmClient, cache: ReplyCache): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const key = requestKey(request);
      const kept = await cache.read(key);
      if (kept !== undefined) return asHit(kept);

      const response = await client.complete(request, call);
      if (isWorthKeeping(response)) await cache.write(key, response);
      return response;
    },
  };
}

function isWorthKeeping({ outcome, isSimulated, insteadOf }: LlmResponse): boolean {
  // The answer of a stand-in must not take the place of the model's once that answers again.
  return outcome === 'answered' && !isSimulated && insteadOf === undefined;
}

/** What the first answer used and was allowed is not what this one costs. */
function asHit({ outcome, text, model }: LlmResponse): LlmResponse {
  return { outcome, text, model, isSimulated: false, isCached: true };
}
