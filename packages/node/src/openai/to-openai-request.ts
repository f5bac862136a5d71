import type { LlmRequest, ReplyFormat } from '@jarvis/core';
import type { OpenAI } from 'openai';

export type OpenAiRequest = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

/** The field that carries the output limit. Servers refuse, or worse ignore, the one they do not know. */
export type OutputLimitField = 'max_completion_tokens' | 'max_tokens';

const OPENAI_HOSTS = /^(?:[\w-]+\.)?api\.openai\.com$|\.openai\.azure\.com$/;

/** OpenAI's reasoning models, which refuse `max_tokens` also behind another server's address. */
const REASONING_MODELS = /^(?:openai\/)?(?:o\d|gpt-[5-9])/;

/**
 * Chooses the field for the output limit: `max_completion_tokens` for OpenAI's and Azure's own hosts and for
 * OpenAI's reasoning models anywhere, `max_tokens` for every other server, as many know only that one.
 */
export function chooseOutputLimitField(baseUrl: URL, model: string): OutputLimitField {
  const isModern = OPENAI_HOSTS.test(baseUrl.hostname) || REASONING_MODELS.test(model);
  return isModern ? 'max_completion_tokens' : 'max_tokens';
}

/**
 * Puts a question into the words of the chat completions API. For `json` the API wants the word JSON somewhere in
 * the messages; a text answer is its default and is not mentioned, as some servers know no `response_format`.
 */
export function toOpenAiRequest(request: LlmRequest, limitField: OutputLimitField): OpenAiRequest {
  const { model, messages, replyFormat, maxOutputTokens, temperature } = request;
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    [limitField]: maxOutputTokens,
    ...(temperature !== undefined && { temperature }),
    ...toResponseFormat(replyFormat),
  };
}

function toResponseFormat(format: ReplyFormat): Pick<OpenAiRequest, 'response_format'> {
  switch (format.type) {
    case 'text':
      return {};
    case 'json':
      return { response_format: { type: 'json_object' } };
    case 'json-schema': {
      const { name, schema } = format;
      return {
        response_format: { type: 'json_schema', json_schema: { name, schema: { ...schema }, strict: true } },
      };
    }
  }
}
