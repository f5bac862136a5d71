import { LlmError } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { toLlmError } from './to-llm-error.ts';
import { BODY_TOO_LARGE, TransportError } from './transport-error.ts';

const facts = {
  server: { host: 'llm.example.org', port: 443 },
  model: 'gpt-9',
  nowMs: 0,
  quoting: { redact: (text: string) => text, prompt: [] },
};

/** What is told about an error, as far as it is this adapter's. */
function told(error: unknown): unknown {
  const told = toLlmError(error, facts);
  return told instanceof LlmError ? told : { notAnLlmError: told };
}

const statusError = (status: number, error: unknown, headers: Record<string, string> = {}) =>
  Object.assign(new Error('from the SDK'), { status, error, headers: new Headers(headers) });

const broken = (code: string, isSent: boolean) =>
  new Error('Connection error.', { cause: new TransportError({ code, detail: 'it broke', isSent }) });

describe('toLlmError', () => {
  it.each([
    [400, {}, 'bad_request'],
    [401, {}, 'unauthorized'],
    [402, {}, 'quota_exhausted'],
    [403, {}, 'unauthorized'],
    [404, {}, 'bad_request'],
    [409, {}, 'provider_error'],
    [413, {}, 'bad_request'],
    [422, {}, 'bad_request'],
    [429, {}, 'rate_limited'],
    [429, { code: 'rate_limit_exceeded' }, 'rate_limited'],
    [429, { code: 'insufficient_quota' }, 'quota_exhausted'],
    [429, { type: 'insufficient_quota' }, 'quota_exhausted'],
    [429, { code: 'billing_hard_limit_reached' }, 'quota_exhausted'],
    [500, {}, 'provider_error'],
    [503, {}, 'provider_error'],
    [529, {}, 'provider_error'],
  ])('F32 F33: HTTP %d with %j is %s and was not charged', (status, error, reason) => {
    expect(told(statusError(status, error))).toMatchObject({ reason, status, mayBeCharged: false });
    expect(told(statusError(status, error))).not.toHaveProperty('cause');
  });

  it.each([408, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527])(
    'F33: HTTP %d comes from a gateway that may have passed the request on, and may be charged',
    (status) => {
      expect(told(statusError(status, {}))).toMatchObject({
        reason: 'provider_error',
        status,
        mayBeCharged: true,
        retryable: true,
      });
    },
  );

  it.each([519, 528, 599])('F34: HTTP %d, which no gateway is known for, was not charged', (status) => {
    expect(told(statusError(status, {}))).toMatchObject({ reason: 'provider_error', mayBeCharged: false });
  });

  it('F38: says of a redirect that it is not followed', () => {
    const error = told(statusError(307, undefined));

    expect(error).toMatchObject({
      reason: 'provider_error',
      status: 307,
      mayBeCharged: false,
      retryable: false,
    });
    expect(error).toHaveProperty('message', expect.stringContaining('HTTP 307; redirects are not followed.'));
  });

  it('F31: passes on how long the server asks to wait', () => {
    expect(told(statusError(429, {}, { 'retry-after': '2' }))).toMatchObject({ retryAfterMs: 2_000 });
    expect(told(statusError(503, {}, { 'retry-after-ms': '70' }))).toMatchObject({ retryAfterMs: 70 });
    expect(told(statusError(429, {}, { 'retry-after': 'soon' }))).toMatchObject({ retryAfterMs: undefined });
  });

  it('F32: names the model the server does not know, and says what to type', () => {
    const error = told(statusError(404, { code: 'model_not_found', message: 'No model of that name.' }));

    expect(error).toMatchObject({ reason: 'model_not_found', status: 404, retryable: false });
    expect(error).toHaveProperty(
      'message',
      'The model server gave no answer: HTTP 404 (model_not_found: No model of that name); llm.example.org:443 does ' +
        'not know the model "gpt-9", or the key may not use it. Start a new run with --model <name>, or with ' +
        'models.manager and models.employee set to models it has.',
    );
  });

  it.each([
    [404, { message: 'model "gpt-9" not found, try pulling it first', type: 'api_error' }, 'model_not_found'],
    [403, { code: 'model_not_found', message: 'Your project has no access.' }, 'model_not_found'],
    [400, { message: "'temperature' is not supported with gpt-9" }, 'bad_request'],
    [404, { message: 'Not Found' }, 'bad_request'],
    [500, { code: 'model_not_found' }, 'provider_error'],
  ])('F32: HTTP %d with %j is %s', (status, error, reason) => {
    expect(told(statusError(status, error))).toMatchObject({ reason });
  });

  it('F32: tells of a 404 without a word that it may be the address or the model', () => {
    expect(told(statusError(404, undefined))).toHaveProperty(
      'message',
      'The model server gave no answer: HTTP 404. Check that the base URL is complete (most end in /v1) and that the ' +
        'server has the model "gpt-9" (--model <name>).',
    );
  });

  it.each([
    ['ECONNREFUSED', 'connection_refused', 'nothing listens at llm.example.org:443 (ECONNREFUSED)'],
    ['ENOTFOUND', 'connection_refused', 'the host name of llm.example.org:443 is not known (ENOTFOUND)'],
    ['EAI_AGAIN', 'connection_lost', 'the exchange with llm.example.org:443 broke off (EAI_AGAIN)'],
    ['ETIMEDOUT', 'connection_lost', 'the exchange with llm.example.org:443 broke off (ETIMEDOUT)'],
    ['EPROTO', 'connection_lost', 'the exchange with llm.example.org:443 broke off (EPROTO)'],
  ])('F35: %s before anything was sent is %s and was not charged', (code, reason, seen) => {
    const error = told(broken(code, false));

    expect(error).toMatchObject({ reason, mayBeCharged: false, status: undefined });
    expect(error).toHaveProperty('message', expect.stringContaining(seen));
  });

  it.each(['ECONNRESET', 'EPIPE', 'Z_DATA_ERROR', 'HPE_INVALID_CONSTANT'])(
    'F35: %s after the request was sent is a lost connection that may be charged',
    (code) => {
      expect(told(broken(code, true))).toMatchObject({
        reason: 'connection_lost',
        mayBeCharged: true,
        retryable: true,
      });
    },
  );

  it('F37: an answer without end is too large and may be charged', () => {
    expect(told(broken(BODY_TOO_LARGE, true))).toMatchObject({
      reason: 'too_large',
      mayBeCharged: true,
      retryable: false,
    });
  });

  it.each([new TypeError('a defect'), 'a string', undefined])(
    'gives back what it does not know: %s',
    (error) => {
      expect(told(error)).toEqual({ notAnLlmError: error });
    },
  );

  it('leaves an error of this adapter as it is', () => {
    const error = new LlmError({
      reason: 'provider_error',
      seen: 'HTTP 200 with an empty body',
      mayBeCharged: true,
    });

    expect(toLlmError(error, facts)).toBe(error);
  });
});
