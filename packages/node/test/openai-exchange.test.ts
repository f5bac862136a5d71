import { isLlmError } from '@jarvis/core';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createOpenAiLlmClient } from '../src/openai/index.ts';
import { type Reply, startFakeOpenAi } from '../src/testing/index.ts';
import { openExchange, request } from './guarded-exchange.ts';

const ANSWER: Reply = { type: 'text', content: 'Done.' };

async function open(script: readonly Reply[], policies: Parameters<typeof openExchange>[1] = {}) {
  const server = await startFakeOpenAi({ script });
  onTestFinished(() => server.close());
  const llm = createOpenAiLlmClient({ apiKey: 'sk-test', baseUrl: server.baseUrl, maxBodyBytes: 1_000_000 });
  const exchange = await openExchange(llm, policies);
  const fail = async (): Promise<unknown> =>
    exchange.ask().then(
      ({ text }) => expect.fail(`answered: ${text}`),
      (error: unknown) => error,
    );
  return { ...exchange, server, llm, fail };
}

const ended = (reason: string, more: object = {}) =>
  expect.objectContaining({
    ending: expect.objectContaining({ type: 'failed', reason, ...more }) as unknown,
  }) as unknown;

describe('a run that is asked to wait', () => {
  it.each([
    ['2 s', { retryAfter: 2 }, 2_000],
    ['nothing, in a negative number', { retryAfter: -1 }, 1_000],
    ['nothing, in words', { retryAfter: 'soon' }, 1_000],
  ] as const)(
    'F31: waits when the server asks for %s, and writes both down',
    async (_what, asked, waitMs) => {
      const { ask, waits, attempts, server } = await open([
        { type: 'status', status: 429, ...asked },
        ANSWER,
      ]);

      const response = await ask();

      const { opened, closed } = await attempts();
      expect(response.text).toBe('Done.');
      expect(waits).toEqual([waitMs]);
      expect(server.requests).toHaveLength(2);
      expect(opened).toHaveLength(2);
      expect(closed[0]).toEqual(ended('rate_limited', { status: 429, waitMs, bookedNanoUsd: 0 }));
    },
  );

  it('F31: waits until the HTTP date the server names', async () => {
    const { ask, waits } = await open([
      { type: 'status', status: 429, retryAfter: { dateInMs: 20_000 } },
      ANSWER,
    ]);

    await ask();

    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(18_000);
    expect(waits[0]).toBeLessThanOrEqual(20_000);
  });

  it.each([
    [120, 'in 2 min'],
    [3_600, 'in 1 h'],
  ])(
    'F31: stops at once at %d s, which is over its limit, and says when to come back',
    async (asked, span) => {
      const { fail, waits, attempts, server } = await open([
        { type: 'status', status: 429, retryAfter: asked },
        ANSWER,
      ]);

      const error = await fail();

      expect(error).toMatchObject({ reason: 'rate_limited', retryAfterMs: asked * 1_000 });
      expect(String(error)).toMatch(
        new RegExp(`after [-0-9 ]*\\d\\d:\\d\\d UTC, ${span}\\. Wait and resume the run`),
      );
      expect(waits).toEqual([]);
      expect(server.requests).toHaveLength(1);
      expect((await attempts()).closed[0]).not.toHaveProperty('ending.waitMs');
    },
  );

  it('F31: waits 120 s where that is within its limit', async () => {
    const retry = { maxAttempts: 4, firstDelayMs: 1_000, maxDelayMs: 30_000, maxAskedDelayMs: 120_000 };
    const { ask, waits } = await open([{ type: 'status', status: 429, retryAfter: 120 }, ANSWER], { retry });

    await ask();

    expect(waits).toEqual([120_000]);
  });
});

describe('a run whose server fails', () => {
  it.each([
    ['429 for want of money', { type: 'status', status: 429, error: { code: 'insufficient_quota' } }],
    ['401', { type: 'status', status: 401 }],
    ['403', { type: 'status', status: 403 }],
    ['404', { type: 'status', status: 404 }],
    ['400', { type: 'status', status: 400 }],
    [
      'a redirect to another host',
      { type: 'redirect', location: 'http://llm.example.org/v1/chat/completions' },
    ],
    ['a redirect to a metadata address', { type: 'redirect', location: 'http://169.254.169.254/latest/' }],
    ['an endless body', { type: 'endlessBody' }],
  ] as const)('F32 F37 F38: makes one request at %s, and one attempt', async (_what, reply) => {
    const { fail, waits, attempts, server } = await open([reply, ANSWER]);

    const error = await fail();

    expect(isLlmError(error)).toBe(true);
    expect(waits).toEqual([]);
    expect(server.requests).toHaveLength(1);
    expect((await attempts()).closed).toHaveLength(1);
  });

  it.each([500, 502, 503, 504, 529])(
    'F33: makes three requests at %d twice, each with its own reservation and the step id of all',
    async (status) => {
      const { ask, attempts, server } = await open([{ type: 'status', status, repeat: 2 }, ANSWER]);

      const response = await ask();

      const { opened, closed } = await attempts();
      expect(response.text).toBe('Done.');
      expect(server.requests.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
      expect(new Set(server.requests.map(({ stepId }) => stepId)).size).toBe(1);
      expect(opened.map((data) => (data as { attemptId: string }).attemptId)).toEqual(
        [1, 2, 3].map((number) => `${server.requests[0]?.stepId ?? ''}.${String(number)}`),
      );
      expect(opened.every((data) => (data as { reservedNanoUsd: number }).reservedNanoUsd > 0)).toBe(true);
      expect(closed).toHaveLength(3);
    },
  );

  it('F34: makes as many requests as are configured at 500 for ever, and then leaves the server alone', async () => {
    const { fail, server, waits } = await open([{ type: 'status', status: 500, repeat: 'forever' }]);

    const first = await fail();
    const second = await fail();
    const third = await fail();

    expect(first).toMatchObject({ reason: 'provider_error', status: 500 });
    // Four attempts of the first step, one of the second: then the circuit is open.
    expect(server.requests).toHaveLength(5);
    expect(String(second)).toContain('it was not asked, because 5 exchanges in a row have failed');
    expect(third).toMatchObject({ reason: 'provider_error', mayBeCharged: false });
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 1_000]);
  });

  it('F34: leaves runs of other contexts alone', async () => {
    const { fail, llm, server } = await open([{ type: 'status', status: 500, repeat: 5 }, ANSWER]);
    await fail();
    await fail();

    const response = await (await openExchange(llm)).ask();

    expect(response.text).toBe('Done.');
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    ['a reset before the answer', { type: 'cutBeforeAnswer' }],
    ['a reset in the body', { type: 'cutInBody' }],
    ['a wrong length', { type: 'wrongContentLength', byBytes: 10 }],
    ['garbage as gzip', { type: 'gzipGarbage' }],
  ] as const)('F35: asks once more after %s, and books the lost exchange', async (_what, reply) => {
    const { ask, attempts, server } = await open([reply, ANSWER]);

    await ask();

    const { opened, closed } = await attempts();
    const { reservedNanoUsd } = opened[0] as { reservedNanoUsd: number };
    expect(server.requests).toHaveLength(2);
    expect(closed[0]).toEqual(ended('connection_lost', { bookedNanoUsd: reservedNanoUsd, waitMs: 1_000 }));
  });

  it.each([
    ['never answers', { type: 'hang' }],
    ['sends headers and no more', { type: 'headersThenSilence' }],
    ['sends one byte now and then, for ever', { type: 'endlessBody', bytes: 1, everyMs: 50 }],
  ] as const)('F36: leaves a server at the deadline that %s, and books it', async (_what, reply) => {
    const retry = { maxAttempts: 1, firstDelayMs: 1, maxDelayMs: 1, maxAskedDelayMs: 1 };
    const { fail, attempts, server } = await open([reply], { retry });

    const error = await fail();

    const { opened, closed } = await attempts();
    const { reservedNanoUsd } = opened[0] as { reservedNanoUsd: number };
    expect(error).toMatchObject({ reason: 'timed_out', mayBeCharged: true });
    expect(closed).toEqual([ended('timed_out', { bookedNanoUsd: reservedNanoUsd })]);
    await server.waitForRequests(([seen]) => seen?.outcome === 'aborted');
  });

  it.each([
    ['a web page', { type: 'html' }],
    ['nothing', { type: 'emptyBody' }],
  ] as const)(
    'F38: takes %s with status 200 for a failure, books it and asks again',
    async (_what, reply) => {
      const { ask, attempts, server } = await open([reply, ANSWER]);

      await ask();

      expect(server.requests).toHaveLength(2);
      expect((await attempts()).closed[0]).toEqual(ended('provider_error', { status: 200 }));
    },
  );

  it.each([
    ['empty', { type: 'emptyChoices' }],
    ['refused', { type: 'refusal', message: 'I will not.' }],
    ['filtered', { type: 'text', content: null, finishReason: 'content_filter' }],
    ['truncated', { type: 'text', content: 'Do', finishReason: 'length' }],
  ] as const)(
    'F40: tells an answer that is %s apart, pays for it and does not ask again',
    async (outcome, reply) => {
      const { ask, attempts, server } = await open([reply, ANSWER]);

      const response = await ask();

      expect(response.outcome).toBe(outcome);
      expect(server.requests).toHaveLength(1);
      expect((await attempts()).closed).toEqual([
        expect.objectContaining({ ending: expect.objectContaining({ type: 'settled' }) as unknown }),
      ]);
    },
  );

  it('asks the model that stands in, within the same step', async () => {
    const { ask, server } = await open(
      [{ type: 'status', status: 404, error: { code: 'model_not_found' } }, ANSWER],
      { fallbacks: { 'gpt-4.1-mini': ['unheard-of', 'gpt-4o-mini'] } },
    );

    const response = await ask(request);

    expect(response).toMatchObject({ text: 'Done.', insteadOf: 'gpt-4.1-mini' });
    expect(server.requests.map(({ model }) => model)).toEqual(['gpt-4.1-mini', 'gpt-4o-mini']);
    expect(new Set(server.requests.map(({ stepId }) => stepId)).size).toBe(1);
  });
});
