import { type ChaosConfig, type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { modeNames } from '@jarvis/core';
import { JarvisOrchestrator, type RunResult } from '@jarvis/loops';
import { createOpenAiLlmClient } from '@jarvis/node/openai';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';

import { exitCodeOfStatus, exitCodes } from '../src/exit-codes.ts';
import { createWorld, DeadlineClock, impatientDialect } from './faulty-server.ts';
import { briefOf, content, LARGE_TASK, purposeOf } from './served-team.ts';

const messagesSchema = z.array(z.object({ role: z.string(), content: z.string() }));

/** The team of these tests, as the server of somebody else hands its requests on. */
function answer({ messages }: ChatCompletionRequest) {
  const request = {
    messages: messagesSchema.parse(messages).map(({ role, content: text }) => ({ role, text })),
  };
  return { content: JSON.stringify(content[purposeOf(request)](briefOf(request))) };
}

/** A team behind a server of another origin than the fake one of this project. */
async function open(mode: (typeof modeNames)[number], deadlineMs?: number) {
  const mock = new LLMock({ logLevel: 'silent' });
  mock.on({ predicate: () => true }, answer);
  await mock.start();
  onTestFinished(() => mock.stop());
  const llm = createOpenAiLlmClient({ apiKey: 'sk-test', baseUrl: `${mock.url}/v1` });
  const context = createWorld({
    llm,
    clock: new DeadlineClock(),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  const jarvis = new JarvisOrchestrator({ dialect: impatientDialect, mode, context });
  return { mock, jarvis, countRequests: () => mock.getRequests().length };
}

/** Chance that comes out the same each time. */
function drawFrom(seed: number): void {
  let state = seed;
  const spy = vi.spyOn(Math, 'random').mockImplementation(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
}

/** What holds for every run, however the server behaves. */
function expectTypedEnd({ status, message, nextCommand, cost }: RunResult): void {
  expect(Object.values(exitCodes)).toContain(exitCodeOfStatus(status));
  expect(message).toMatch(/\S/u);
  expect(cost.spentUsd).toBeLessThanOrEqual(1);
  expect(cost.inDoubtCalls).toBe(0);
  if (status !== 'done') expect(nextCommand).toMatch(/^jarvis resume \S+/u);
}

/** Attempts at one question, and at a stage twice. */
const MOST_ATTEMPTS = 8;

const chaosOfOneKind: readonly (readonly [string, ChaosConfig, string])[] = [
  ['drops', { dropRate: 1 }, 'provider_error'],
  ['garbles', { malformedRate: 1 }, 'provider_error'],
  ['hangs up on', { disconnectRate: 1 }, 'connection_lost'],
  ['limits', { rateLimitRate: 1 }, 'rate_limited'],
];

const everyKind = modeNames.flatMap((mode) =>
  chaosOfOneKind.map(([what, chaos, reason]) => ({ mode, what, chaos, reason })),
);

const seeds = modeNames.flatMap((mode) => [1, 2, 3, 4, 5].map((seed) => ({ mode, seed })));

describe('a run against an independent server', () => {
  it.each(modeNames)('in %s: comes to its end', async (mode) => {
    const { jarvis, countRequests } = await open(mode);

    const result = await jarvis.run({ task: LARGE_TASK });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.cost.calls).toBe(countRequests());
    expectTypedEnd(result);
  });

  it.each(everyKind)(
    'in $mode, which $what every request: is parked, and says how to go on',
    async (each) => {
      const { mock, jarvis, countRequests } = await open(each.mode);
      mock.setChaos(each.chaos);

      const result = await jarvis.run({ task: LARGE_TASK });

      expect(result).toMatchObject({ status: 'parked', reason: each.reason });
      expect(countRequests()).toBe(4);
      expectTypedEnd(result);
    },
  );

  it.each(seeds)(
    'in $mode, which fails at every other request or so ($seed): ends as said, and is done once the server is well',
    async ({ mode, seed }) => {
      drawFrom(seed);
      const { mock, jarvis, countRequests } = await open(mode);
      mock.setChaos({ dropRate: 0.25, malformedRate: 0.2, rateLimitRate: 0.02, disconnectRate: 0.3 });

      const result = await jarvis.run({ task: LARGE_TASK });
      const requests = countRequests();
      mock.setChaos({});
      const healed = await jarvis.resume(result.runId);

      expectTypedEnd(result);
      expect(requests).toBeLessThanOrEqual(MOST_ATTEMPTS * 9);
      expect(healed).toMatchObject({ status: 'done', reason: 'approved' });
      expectTypedEnd(healed);
    },
  );

  it('is parked in every mode when the server is slower than the deadline', async () => {
    const servers = await Promise.all(modeNames.map((mode) => open(mode, 1_000)));
    for (const { mock } of servers) mock.setChaos({ latencyMs: 20_000 });

    const results = await Promise.all(servers.map(({ jarvis }) => jarvis.run({ task: LARGE_TASK })));

    for (const result of results) {
      expect(result).toMatchObject({ status: 'parked', reason: 'timed_out' });
      expectTypedEnd(result);
    }
  });
});
