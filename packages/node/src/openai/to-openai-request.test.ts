import type { LlmRequest } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { chooseOutputLimitField, toOpenAiRequest } from './to-openai-request.ts';

const request: LlmRequest = {
  model: 'gpt-4o',
  role: 'manager',
  purpose: 'plan',
  messages: [
    { role: 'system', content: 'You plan.' },
    { role: 'user', content: 'A bakery page.' },
  ],
  replyFormat: { type: 'text' },
  maxOutputTokens: 900,
  minOutputTokens: 100,
};

describe('toOpenAiRequest', () => {
  it('sends model, messages and limit, and nothing that was not asked for', () => {
    expect(toOpenAiRequest(request, 'max_tokens')).toEqual({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'You plan.' },
        { role: 'user', content: 'A bakery page.' },
      ],
      max_tokens: 900,
    });
  });

  it('puts the limit into the field it is given', () => {
    const sent = toOpenAiRequest(request, 'max_completion_tokens');

    expect(sent).toMatchObject({ max_completion_tokens: 900 });
    expect(sent).not.toHaveProperty('max_tokens');
  });

  it('sends a temperature when there is one, zero included', () => {
    expect(toOpenAiRequest({ ...request, temperature: 0 }, 'max_tokens')).toMatchObject({ temperature: 0 });
  });

  it('asks for a JSON object', () => {
    const sent = toOpenAiRequest({ ...request, replyFormat: { type: 'json' } }, 'max_tokens');

    expect(sent.response_format).toEqual({ type: 'json_object' });
  });

  it('asks for a JSON schema strictly', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };

    const sent = toOpenAiRequest(
      { ...request, replyFormat: { type: 'json-schema', name: 'plan', schema } },
      'max_tokens',
    );

    expect(sent.response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'plan', schema, strict: true },
    });
  });
});

describe('chooseOutputLimitField', () => {
  it.each([
    ['https://api.openai.com/v1', 'gpt-4o'],
    ['https://eu.api.openai.com/v1', 'gpt-4o'],
    ['https://team.openai.azure.com/openai/v1', 'own-deployment'],
    ['http://127.0.0.1:4000/v1', 'gpt-5-mini'],
    ['https://openrouter.ai/api/v1', 'openai/gpt-5'],
    ['https://proxy.example.org/v1', 'o3-mini'],
  ])('names max_completion_tokens to %s for %s', (baseUrl, model) => {
    expect(chooseOutputLimitField(new URL(baseUrl), model)).toBe('max_completion_tokens');
  });

  it.each([
    ['http://127.0.0.1:11434/v1', 'qwen3:8b'],
    ['http://127.0.0.1:11434/v1', 'gpt-oss:20b'],
    ['http://localhost:4010/v1', 'gpt-4o-mini'],
    ['https://api.openai.com.example.org/v1', 'gpt-4o'],
    ['https://notapi.openai.com/v1', 'gpt-4o'],
    ['https://api.mistral.ai/v1', 'open-mistral-7b'],
  ])('names max_tokens to %s for %s', (baseUrl, model) => {
    expect(chooseOutputLimitField(new URL(baseUrl), model)).toBe('max_tokens');
  });
});
