import { describe, expect, it } from 'vitest';

import { request } from '../testing/contracts/sample-request.ts';
import type { LlmRequest } from './llm-client.ts';
import { requestKey } from './request-key.ts';

describe('requestKey', () => {
  it.each<[string, Partial<LlmRequest>]>([
    ['the output limit', { maxOutputTokens: 7 }],
    ['the least useful limit', { minOutputTokens: 7 }],
    ['the purpose', { purpose: 'review' }],
    ['the role', { role: 'manager' }],
  ])('is the same whatever %s', (_what, other) => {
    expect(requestKey({ ...request, ...other })).toBe(requestKey(request));
  });

  it.each<[string, Partial<LlmRequest>]>([
    ['model', { model: 'gpt-4o' }],
    ['temperature', { temperature: 0 }],
    ['form of the answer', { replyFormat: { type: 'text' } }],
    ['text', { messages: [{ role: 'user', content: 'You build.Build a page.' }] }],
    ['order', { messages: [...request.messages].reverse() }],
  ])('is another for another %s', (_what, other) => {
    expect(requestKey({ ...request, ...other })).not.toBe(requestKey(request));
  });

  it('does not depend on the order in which a schema was written', () => {
    const keyOf = (schema: Readonly<Record<string, unknown>>) =>
      requestKey({ ...request, replyFormat: { type: 'json-schema', name: 'x', schema } });

    expect(keyOf({ a: [1, { c: null, d: 2 }], b: true })).toBe(keyOf({ b: true, a: [1, { d: 2, c: null }] }));
    expect(keyOf({ a: [1, 2] })).not.toBe(keyOf({ a: [2, 1] }));
  });
});
