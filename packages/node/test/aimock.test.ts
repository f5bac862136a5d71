import { LLMock } from '@copilotkit/aimock';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createOpenAiLlmClient } from '../src/openai/index.ts';
import { openExchange } from './guarded-exchange.ts';

/** A server of another origin than the fake one of this package: what both are told apart by is not ours alone. */
async function open(configure: (mock: LLMock) => void) {
  const mock = new LLMock({ logLevel: 'silent' });
  configure(mock);
  await mock.start();
  onTestFinished(() => mock.stop());
  const llm = createOpenAiLlmClient({ apiKey: 'sk-test', baseUrl: `${mock.url}/v1` });
  const exchange = await openExchange(llm);
  return { ...exchange, countRequests: () => mock.getRequests().length };
}

describe('the OpenAI client and an independent server', () => {
  it('gives the answer and the usage of the server', async () => {
    const { ask, attempts, countRequests } = await open((mock) =>
      mock.onMessage(/bakery/u, { content: 'A page.' }),
    );

    const response = await ask();

    expect(response).toMatchObject({ outcome: 'answered', text: 'A page.', isSimulated: false });
    expect(response.usage?.outputTokens).toBeGreaterThanOrEqual(0);
    expect((await attempts()).closed).toHaveLength(1);
    expect(countRequests()).toBe(1);
  });

  it.each([
    [400, undefined, 'bad_request', 1],
    [401, undefined, 'unauthorized', 1],
    [404, 'model_not_found', 'model_not_found', 1],
    [429, 'insufficient_quota', 'quota_exhausted', 1],
    [429, 'rate_limit_exceeded', 'rate_limited', 4],
    [500, undefined, 'provider_error', 4],
    [503, undefined, 'provider_error', 4],
  ])('takes HTTP %d with the code %s for %s, after %d requests', async (...row) => {
    const [status, code, reason, requests] = row;
    const error = { message: 'No.', ...(code === undefined ? {} : { code }) };
    const { ask, countRequests } = await open((mock) => mock.onMessage(/bakery/u, { error, status }));

    await expect(ask()).rejects.toMatchObject({ reason, status });

    expect(countRequests()).toBe(requests);
  });

  it('asks again after one error, and is answered', async () => {
    const { ask, waits, countRequests } = await open((mock) =>
      mock.onMessage(/bakery/u, { content: 'A page.' }).nextRequestError(503, { message: 'Busy.' }),
    );

    const response = await ask();

    expect(response.text).toBe('A page.');
    expect(waits).toEqual([1_000]);
    expect(countRequests()).toBe(2);
  });

  it('waits as long as it is told', async () => {
    const limited = { error: { message: 'Slow down.' }, status: 429, retryAfter: 7 };
    const { ask, waits } = await open((mock) => mock.onMessage(/bakery/u, limited));

    await expect(ask()).rejects.toMatchObject({ reason: 'rate_limited', retryAfterMs: 7_000 });

    expect(waits).toEqual([7_000, 7_000, 7_000]);
  });

  it.each([
    ['drops every request', { dropRate: 1 }, 'provider_error'],
    ['garbles every body', { malformedRate: 1 }, 'provider_error'],
    ['closes every connection', { disconnectRate: 1 }, 'connection_lost'],
    ['limits every request', { rateLimitRate: 1 }, 'rate_limited'],
  ])('ends with a coded error, four attempts and no answer when it %s', async (_what, chaos, reason) => {
    const { ask, attempts } = await open((mock) =>
      mock.onMessage(/bakery/u, { content: 'A page.' }).setChaos(chaos),
    );

    await expect(ask()).rejects.toMatchObject({ reason });

    expect((await attempts()).closed).toHaveLength(4);
  });

  it('leaves it at the deadline when it is too slow', async () => {
    const { ask } = await open((mock) =>
      mock.onMessage(/bakery/u, { content: 'A page.' }).setChaos({ latencyMs: 5_000 }),
    );

    await expect(ask()).rejects.toMatchObject({ reason: 'timed_out', mayBeCharged: true });
  });
});
