import { describe, expect, it } from 'vitest';

import { JarvisError } from '../errors/jarvis-error.ts';
import { isLlmError, LlmError, llmErrorReasons } from './llm-error.ts';

class NearlyAnLlmError extends JarvisError<'JARVIS_LLM_NEARLY'> {
  readonly code = 'JARVIS_LLM_NEARLY';
}

describe('LlmError', () => {
  it.each([
    { reason: 'rate_limited', code: 'JARVIS_LLM_RATE_LIMITED', retryable: true },
    { reason: 'quota_exhausted', code: 'JARVIS_LLM_QUOTA_EXHAUSTED', retryable: false },
    { reason: 'unauthorized', code: 'JARVIS_LLM_UNAUTHORIZED', retryable: false },
    { reason: 'bad_request', code: 'JARVIS_LLM_BAD_REQUEST', retryable: false },
    { reason: 'model_not_found', code: 'JARVIS_LLM_MODEL_NOT_FOUND', retryable: false },
    { reason: 'connection_refused', code: 'JARVIS_LLM_CONNECTION_REFUSED', retryable: false },
    { reason: 'connection_lost', code: 'JARVIS_LLM_CONNECTION_LOST', retryable: true },
    { reason: 'timed_out', code: 'JARVIS_LLM_TIMED_OUT', retryable: true },
    { reason: 'too_large', code: 'JARVIS_LLM_TOO_LARGE', retryable: false },
    { reason: 'provider_error', code: 'JARVIS_LLM_PROVIDER_ERROR', retryable: true },
  ] as const)('has the code $code for $reason', ({ reason, code, retryable }) => {
    const error = new LlmError({ reason, seen: 'what was seen', mayBeCharged: true });

    expect(error).toMatchObject({ reason, code, retryable, mayBeCharged: true, status: undefined });
    expect(error.message).toMatch(/^The model server gave no answer: what was seen\. .{15,}\.$/u);
    expect(isLlmError(error)).toBe(true);
  });

  it('has a code for every reason', () => {
    expect(llmErrorReasons).toHaveLength(10);
  });

  it('F31: says until when the server wants to be left alone', () => {
    const nowMs = Date.UTC(2026, 10, 22, 13, 5);

    const error = new LlmError({
      reason: 'rate_limited',
      seen: 'HTTP 429',
      retryAfterMs: 3_600_000,
      nowMs,
      mayBeCharged: false,
    });

    expect(error.message).toBe(
      'The model server gave no answer: HTTP 429. It may be asked again after 14:05 UTC, in 1 h. ' +
        'Wait and resume the run.',
    );
  });

  it('takes what is known better than the reason tells', () => {
    const facts = { reason: 'provider_error', seen: 'HTTP 307', mayBeCharged: false } as const;

    const error = new LlmError({ ...facts, retryable: false, advice: 'Follow it yourself.' });

    expect(error).toMatchObject({ reason: 'provider_error', retryable: false });
    expect(error.message).toBe('The model server gave no answer: HTTP 307. Follow it yourself.');
  });

  it('carries the facts and the cause', () => {
    const cause = new Error('ECONNRESET');
    const facts = {
      reason: 'rate_limited',
      seen: 'HTTP 429',
      status: 429,
      retryAfterMs: 2_000,
      mayBeCharged: false,
      cause,
    } as const;

    expect(new LlmError(facts)).toMatchObject({
      status: 429,
      retryAfterMs: 2_000,
      mayBeCharged: false,
      cause,
    });
  });
});

describe('isLlmError', () => {
  it.each([
    new Error('JARVIS_LLM_TIMED_OUT'),
    new NearlyAnLlmError('almost'),
    { code: 'JARVIS_LLM_TIMED_OUT' },
    undefined,
  ])('is not taken in by %o', (value) => {
    expect(isLlmError(value)).toBe(false);
  });
});
