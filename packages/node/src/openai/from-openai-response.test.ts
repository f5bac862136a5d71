import { describe, expect, it } from 'vitest';

import { fromOpenAiResponse } from './from-openai-response.ts';

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

/** A chat completion whose one choice is given. */
const completion = (choice: unknown, rest: object = {}) => ({
  model: 'gpt-4o-2024',
  choices: [choice],
  usage,
  ...rest,
});

const answer = (content: unknown, finish_reason: unknown = 'stop') => ({
  finish_reason,
  message: { role: 'assistant', content },
});

const read = (body: unknown) => fromOpenAiResponse(body, 'asked-model');

describe('fromOpenAiResponse', () => {
  it('reads text, model and usage of an answer', () => {
    expect(read(completion(answer('Hello')))).toEqual({
      outcome: 'answered',
      text: 'Hello',
      model: 'gpt-4o-2024',
      usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 },
      isSimulated: false,
    });
  });

  it.each([
    ['truncated', answer('Hel', 'length'), 'Hel'],
    ['truncated', answer(null, 'length'), ''],
    ['filtered', answer('', 'content_filter'), ''],
    ['filtered', answer('Some', 'content_filter'), 'Some'],
    ['refused', { finish_reason: 'stop', message: { content: null, refusal: 'I will not.' } }, 'I will not.'],
    ['refused', { finish_reason: 'content_filter', message: { content: null, refusal: 'No.' } }, 'No.'],
    ['empty', answer(null), ''],
    ['empty', answer(' \n'), ' \n'],
    ['empty', { finish_reason: 'tool_calls', message: { content: null, tool_calls: [] } }, ''],
    ['empty', { finish_reason: 'stop' }, ''],
    ['empty', null, ''],
    ['answered', answer('Hi', null), 'Hi'],
    ['answered', answer('Hi', 'eos'), 'Hi'],
    ['answered', answer('Hi', 7), 'Hi'],
    ['answered', { message: { content: 'Hi', refusal: '' } }, 'Hi'],
  ])('F40: tells %s of %j', (outcome, choice, text) => {
    expect(read(completion(choice))).toMatchObject({ outcome, text, usage: { outputTokens: 5 } });
  });

  it('F40: an answer without choices is empty, and its usage is kept', () => {
    expect(read({ choices: [], usage })).toEqual({
      outcome: 'empty',
      text: '',
      model: 'asked-model',
      usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 },
      isSimulated: false,
    });
  });

  it('joins an answer in parts and leaves the thoughts out', () => {
    const parts = [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: 'a' },
      7,
      { type: 'text', text: 'b' },
    ];

    expect(read(completion(answer(parts)))).toMatchObject({ outcome: 'answered', text: 'ab' });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{}],
    [{ choices: null }],
    [{ choices: {} }],
    [{ error: 'busy' }],
  ])('F38: %j is no chat completion', (body) => {
    expect(read(body)).toBeUndefined();
  });

  it.each([
    [
      { ...usage, prompt_tokens_details: { cached_tokens: 4 } },
      { inputTokens: 10, cachedInputTokens: 4, outputTokens: 5 },
    ],
    [
      { ...usage, prompt_tokens_details: null },
      { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 },
    ],
    [
      { prompt_tokens: 10, completion_tokens: 5 },
      { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 },
    ],
    [
      { prompt_tokens: -1, completion_tokens: 5, total_tokens: 99 },
      { inputTokens: -1, cachedInputTokens: 0, outputTokens: 5 },
    ],
    [
      { prompt_tokens: 1.5, completion_tokens: 0.5 },
      { inputTokens: 1.5, cachedInputTokens: 0, outputTokens: 0.5 },
    ],
    [
      { prompt_tokens: 1, completion_tokens: 1e15 },
      { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1e15 },
    ],
  ])('F41: passes on the usage %j as it was stated', (stated, reported) => {
    expect(read(completion(answer('Hi'), { usage: stated }))?.usage).toEqual(reported);
  });

  it('F41: counts reasoning as output that only the total contains', () => {
    const stated = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 40 };

    expect(read(completion(answer('Hi'), { usage: stated }))?.usage?.outputTokens).toBe(30);
  });

  it.each([
    [undefined],
    [null],
    ['many'],
    [{}],
    [{ prompt_tokens: 10 }],
    [{ prompt_tokens: '10', completion_tokens: 5 }],
    [{ prompt_tokens: null, completion_tokens: 5 }],
    [{ prompt_tokens: NaN, completion_tokens: 5 }],
    [{ prompt_tokens: 10, completion_tokens: Infinity }],
  ])('F41: leaves out the usage %j', (stated) => {
    const response = read(completion(answer('Hi'), { usage: stated }));

    expect(response?.text).toBe('Hi');
    expect(response).not.toHaveProperty('usage');
  });
});
