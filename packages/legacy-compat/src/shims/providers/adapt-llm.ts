import { type LlmClient, LlmError, type LlmRequest, serializeError } from '@jarvis/core';

import type { LLMProvider } from './legacy-providers.ts';

/**
 * A model client that asks through the old provider. The provider says nothing of tokens, so each answer is booked
 * with what was set aside for it; nothing is booked for a question it throws at.
 */
export function adaptLlm(provider: LLMProvider): LlmClient {
  return {
    complete: async (request, { signal }) => {
      signal.throwIfAborted();
      const text = await untilAborted(askProvider(provider, request), signal);
      const outcome = text.trim() === '' ? 'empty' : 'answered';
      return { outcome, text, model: request.model, isSimulated: false };
    },
  };
}

async function askProvider(provider: LLMProvider, { role, model, messages }: LlmRequest): Promise<string> {
  const textOf = (isSystem: boolean) =>
    messages
      .filter((message) => (message.role === 'system') === isSystem)
      .map(({ content }) => content)
      .join('\n\n');
  try {
    const answer = await provider.chat_json(role, textOf(true), textOf(false), { model });
    return typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
  } catch (error) {
    // It asks again itself, as it always did, and a question without an answer was never booked.
    throw new LlmError({
      reason: 'provider_error',
      seen: `the provider "llm" threw: ${serializeError(error).message}`,
      advice: 'Mend it, then go on: get_pause_manager(context).resume(run_id) asks the same provider.',
      mayBeCharged: false,
      retryable: false,
      cause: error,
    });
  }
}

/** The old provider cannot be stopped: its answer is left alone. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
