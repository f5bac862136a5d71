import type { LlmClient, LlmRequest, LlmResponse } from './llm-client.ts';
import type { ReplyCache } from './reply-cache.ts';
import { requestKey } from './request-key.ts';

/**
 * Asks nobody when the same question was answered before: such an answer costs nothing, makes no attempt and is
 * marked `isCached`. What is kept, the caller decides once it could use the answer: {@link keepAnswer}.
 */
export function withCache(client: LlmClient, cache: ReplyCache): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const kept = await cache.read(requestKey(request));
      return kept === undefined ? client.complete(request, call) : asHit(kept);
    },
  };
}

/**
 * Keeps an answer that was of use for {@link withCache}. Only whole answers of the model that was asked are kept; what
 * was cut off, refused, filtered, empty, simulated or another model's is asked for again.
 */
export async function keepAnswer(
  cache: ReplyCache,
  request: LlmRequest,
  response: LlmResponse,
): Promise<void> {
  if (isWorthKeeping(response)) await cache.write(requestKey(request), response);
}

function isWorthKeeping({ outcome, isSimulated, isCached, insteadOf }: LlmResponse): boolean {
  // The answer of a stand-in must not take the place of the model's once that answers again.
  return outcome === 'answered' && !isSimulated && isCached !== true && insteadOf === undefined;
}

/** What the first answer used and was allowed is not what this one costs. */
function asHit({ outcome, text, model }: LlmResponse): LlmResponse {
  return { outcome, text, model, isSimulated: false, isCached: true };
}
