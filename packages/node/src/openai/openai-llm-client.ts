import { type Clock, type LlmClient, LlmError } from '@jarvis/core';
import type { OpenAI } from 'openai';

import { createSecretRedactor } from '../secrets/secret-redactor.ts';
import { addressOf, OPENAI_BASE_URL, parseBaseUrl } from './base-url.ts';
import { loadOpenAiSdk } from './openai-sdk.ts';
import { readAnswer } from './read-answer.ts';
import { STEP_HEADER } from './step-header.ts';
import { toLlmError } from './to-llm-error.ts';
import { chooseOutputLimitField, type OutputLimitField, toOpenAiRequest } from './to-openai-request.ts';

/** Where and how the OpenAI API is asked. */
export interface OpenAiLlmClientOptions {
  /** `undefined` for a server that asks for none: then no `Authorization` header is sent. */
  readonly apiKey: string | undefined;
  /** Where the API is, up to and without `/chat/completions`. Default: OpenAI's own. */
  readonly baseUrl?: string;
  /** The largest answer that is read, in bytes after decompression. Default: 16 MB. */
  readonly maxBodyBytes?: number;
  /**
   * The field that carries the output limit. Default: `max_completion_tokens` for OpenAI's and Azure's own hosts and
   * for OpenAI's reasoning models, `max_tokens` for every other server. Set it for a server that differs: a limit in
   * a field the server does not know may be ignored, and then the answer may cost more than was set aside.
   */
  readonly outputLimitField?: OutputLimitField;
  /** Tells what an HTTP date in `Retry-After` is relative to. Default: the machine's clock. */
  readonly clock?: Pick<Clock, 'nowMs'>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

const machineClock: Pick<Clock, 'nowMs'> = { nowMs: () => Date.now() };

/**
 * Asks a model over the OpenAI API, or any server that speaks it. One call is one request: retries, deadline and
 * money are the business of the decorators in core. The call's signal ends it at any byte, and the error is then
 * the signal's reason. Neither the key nor the environment's `OPENAI_*` variables reach anything but the server
 * named here.
 *
 * @throws {@link LlmError} at once, when the key or the base URL cannot be used.
 * @example
 * const llm = createOpenAiLlmClient({ apiKey, baseUrl: 'http://127.0.0.1:11434/v1' });
 */
export function createOpenAiLlmClient(options: OpenAiLlmClientOptions): LlmClient {
  const { apiKey, maxBodyBytes = MAX_BODY_BYTES, outputLimitField, clock = machineClock } = options;
  refuseUnusableKey(apiKey);
  const baseUrl = parseBaseUrl(options.baseUrl ?? OPENAI_BASE_URL);
  const redact = createSecretRedactor(apiKey === undefined ? [] : [apiKey]);
  let sdk: Promise<OpenAI> | undefined;

  return {
    async complete(request, call) {
      const quoting = { redact, prompt: request.messages.map(({ content }) => content) };
      const limitField = outputLimitField ?? chooseOutputLimitField(baseUrl, request.model);
      return withOwnSignal(call.signal, async (signal) => {
        try {
          const openAi = await (sdk ??= loadOpenAiSdk({ baseUrl: baseUrl.href, apiKey, maxBodyBytes }));
          const headers = { [STEP_HEADER]: call.stepId };
          const body = toOpenAiRequest(request, limitField);
          const response = await openAi.chat.completions.create(body, { signal, headers }).asResponse();
          return await readAnswer(response, request.model, quoting);
        } catch (error) {
          const facts = { server: addressOf(baseUrl), model: request.model, nowMs: clock.nowMs(), quoting };
          throw toLlmError(error, facts);
        }
      });
    },
  };
}

/** The SDK leaves listeners on the signal it is given; the signal of a whole run would collect them. */
async function withOwnSignal<Result>(
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await ask(own.signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function refuseUnusableKey(apiKey: string | undefined): void {
  // Checked here, because the message of a refused header would show it.
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new LlmError({
      reason: 'unauthorized',
      seen: 'the API key is empty or has a space, a line break or another character no key has',
      mayBeCharged: false,
    });
  }
}
