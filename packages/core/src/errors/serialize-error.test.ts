import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LlmError } from '../llm/llm-error.ts';
import { serializeError } from './serialize-error.ts';

describe('serializeError', () => {
  it('keeps code, sentence and whether to try again, and nothing else', () => {
    const error = new LlmError({
      reason: 'rate_limited',
      seen: 'HTTP 429',
      mayBeCharged: false,
      cause: new Error('x'),
    });

    expect(serializeError(error)).toEqual({
      code: 'JARVIS_LLM_RATE_LIMITED',
      message: 'The model server gave no answer: HTTP 429. Wait and resume the run.',
      retryable: true,
    });
  });

  it.each([
    { thrown: new TypeError('x is not a function'), message: 'x is not a function' },
    { thrown: 'just a text', message: 'just a text' },
    { thrown: undefined, message: 'missing' },
    { thrown: Object.create(null) as unknown, message: 'an empty object' },
  ])('gives foreign errors a code of their own: $message', ({ thrown, message }) => {
    expect(serializeError(thrown)).toEqual({ code: 'JARVIS_UNEXPECTED', message, retryable: false });
  });

  it.each([new TypeError('x'.repeat(2_000_000)), 'x'.repeat(2_000_000)])(
    'cuts what is far too long',
    (thrown) => {
      expect(serializeError(thrown).message.length).toBeLessThan(20_100);
    },
  );

  it('never throws and always gives what JSON can carry', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const plain = serializeError(thrown);

        expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
      }),
    );
  });
});
