import { llmClientContract, type LlmServerBehaviour } from '@jarvis/core/testing/contracts';

import { type SingleReply, startFakeOpenAi } from '../testing/index.ts';
import { createOpenAiLlmClient } from './openai-llm-client.ts';

const FAILURES: Readonly<Record<string, SingleReply>> = {
  rate_limited: { type: 'status', status: 429 },
  quota_exhausted: { type: 'status', status: 429, error: { code: 'insufficient_quota' } },
  unauthorized: { type: 'status', status: 401 },
  bad_request: { type: 'status', status: 400 },
  model_not_found: { type: 'status', status: 404, error: { code: 'model_not_found' } },
  connection_refused: { type: 'hang' },
  connection_lost: { type: 'cutBeforeAnswer' },
  too_large: { type: 'endlessBody' },
  provider_error: { type: 'html' },
};

const OUTCOMES = {
  truncated: { type: 'text', content: 'Do', finishReason: 'length' },
  filtered: { type: 'text', content: null, finishReason: 'content_filter' },
  refused: { type: 'refusal', message: 'I will not.' },
  empty: { type: 'emptyChoices' },
} as const satisfies Record<string, SingleReply>;

function toReply(behaviour: LlmServerBehaviour): SingleReply | undefined {
  switch (behaviour.type) {
    case 'answer': {
      const { inputTokens, cachedInputTokens, outputTokens } = behaviour.usage;
      const usage = {
        promptTokens: inputTokens,
        cachedTokens: cachedInputTokens,
        completionTokens: outputTokens,
      };
      return { type: 'text', content: behaviour.text, usage };
    }
    case 'outcome':
      return OUTCOMES[behaviour.outcome];
    case 'failure':
      return FAILURES[behaviour.reason];
    case 'silence':
      return { type: 'hang' };
  }
}

llmClientContract(
  'the OpenAI client',
  async (behaviour) => {
    const server = await startFakeOpenAi({ script: () => toReply(behaviour) });
    // Nothing listens any longer where a refused client asks.
    if (behaviour.type === 'failure' && behaviour.reason === 'connection_refused') await server.close();
    return {
      client: createOpenAiLlmClient({ apiKey: 'sk-test', baseUrl: server.baseUrl, maxBodyBytes: 1_000_000 }),
      countRequests: () => Promise.resolve(server.requests.length),
      dispose: () => server.close(),
    };
  },
  {
    // A deadline is the business of a decorator: the client itself never gives up waiting.
    failures: [
      'rate_limited',
      'quota_exhausted',
      'unauthorized',
      'bad_request',
      'model_not_found',
      'connection_refused',
      'connection_lost',
      'too_large',
      'provider_error',
    ],
    outcomes: ['truncated', 'filtered', 'refused', 'empty'],
  },
);
