import type { LlmClient, LlmResponse } from './llm-client.ts';
import { isLlmError, type LlmErrorReason } from './llm-error.ts';

/** The models that stand in for a model, by its name, in the order in which they are asked. */
export type ModelFallbacks = Readonly<Record<string, readonly string[]>>;

/** What {@link withFallback} goes by. */
export interface FallbackOptions {
  readonly fallbacks: ModelFallbacks;
  /** Whether a model may be asked: under a cap only one whose price is known. */
  readonly isUsable: (model: string) => boolean;
}

/** Failures of one model that another may not have. */
const MODELS_OWN: readonly LlmErrorReason[] = [
  'rate_limited',
  'quota_exhausted',
  'model_not_found',
  'connection_lost',
  'timed_out',
  'provider_error',
];

/**
 * Asks the next model of the chain when one gives no answer and another may. Which one answered is in the response.
 * All of them share the step, so their attempts are counted and paid together.
 *
 * The error is the first model's when no other one helped, or the one after which no other is asked.
 */
export function withFallback(client: LlmClient, options: FallbackOptions): LlmClient {
  return {
    async complete(request, call) {
      let first: unknown;
      for (const model of chainFor(request.model, options)) {
        try {
          const response = await client.complete({ ...request, model }, call);
          return model === request.model ? response : standIn(response, request.model);
        } catch (error) {
          if (!canAnotherHelp(error)) throw error;
          first ??= error;
        }
      }
      throw first;
    },
  };
}

/** The model itself is asked in any case: that it has no price is for the cost cap to say. */
function chainFor(model: string, { fallbacks, isUsable }: FallbackOptions): readonly string[] {
  const others = Object.hasOwn(fallbacks, model) ? (fallbacks[model] ?? []) : [];
  return [...new Set([model, ...others.filter(isUsable)])];
}

function canAnotherHelp(error: unknown): boolean {
  if (!isLlmError(error) || !MODELS_OWN.includes(error.reason)) return false;
  // A server that sends the request elsewhere does so for every model.
  return error.reason !== 'provider_error' || error.retryable;
}

function standIn(response: LlmResponse, insteadOf: string): LlmResponse {
  return { ...response, insteadOf };
}
