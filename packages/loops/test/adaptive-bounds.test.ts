import { defaultPriceTable, findPrice, priceOf, type LlmRequest, toNanoUsd } from '@jarvis/core';
import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRunRecords, type RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { evolve } from '../src/engine/evolve.ts';
import { paidFor, paidForLadder } from '../src/engine/ladders.ts';
import { initialState } from '../src/engine/run-state.ts';
import {
  createStageTeam,
  fileOf,
  scriptStages,
  type StageScript,
  wordCheck,
  write,
} from './adaptive-team.ts';

const task = 'Build a site about knots';
const checks = [wordCheck('whole', 'BROKEN')];

/** Something else is wrong in each try, so nothing but the limits ends it. */
function neverRight(isHopeless: (stage: string) => boolean = () => true): NonNullable<StageScript['work']> {
  let tries = 0;
  return ({ stage }) => {
    tries += 1;
    return [write(fileOf(stage), isHopeless(stage) ? `BROKEN ${String(tries)}` : `good ${String(tries)}`)];
  };
}

/** An auditor that finds something else in each try, and says what it is measured by. */
function neverContent(): NonNullable<StageScript['audit']> {
  let audits = 0;
  return ({ stage, requirements: [requirement] }) => {
    audits += 1;
    const description = `Fault ${String(audits)}`;
    return {
      findings: [{ severity: 'error', file: fileOf(stage), quote: '<h1>', requirement, description }],
    };
  };
}

const MODEL = 'gpt-4.1-mini';
const price = findPrice(defaultPriceTable, MODEL);

/** A team whose answers have the length the test says, in tokens; the questions cost next to nothing. */
async function runPriced(
  script: StageScript,
  options: { capUsd: number; tokens: (request: LlmRequest) => number },
) {
  const answer = scriptStages(script);
  const llm = new ScriptedLlmClient((request) => ({
    text: answer(request),
    usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: options.tokens(request) },
  }));
  const context = testRunContext({ llm, checks });
  const config = {
    mode: 'PHASE3',
    costs: { capUsd: options.capUsd },
    loop: { maxAuditsPerStage: 2 },
  } as const;
  const result = await new JarvisOrchestrator({ context, config }).run({ task });
  const records = await readRunRecords(context.journal, result.runId);
  return { llm, result, records, state: records.reduce(evolve, initialState) };
}

/** What was booked for the calls of each stage, read from the records alone; `''` for the whole run. */
function bookedByStage(records: readonly RunRecord[]): ReadonlyMap<string, number> {
  const stages = new Map<string, string>();
  const booked = new Map<string, number>();
  for (const { type, data } of records) {
    if (type === 'attempt.opened') stages.set(data.attemptId, data.stage ?? '');
    if (type !== 'attempt.closed') continue;
    const stage = stages.get(data.attemptId) ?? '';
    booked.set(stage, (booked.get(stage) ?? 0) + data.ending.bookedNanoUsd);
  }
  return booked;
}

/** A thousand tokens of an answer. */
const K = 1_000;

function costOf(outputTokens: number): number {
  if (price === undefined) throw new TypeError(`${MODEL} has no price`);
  return priceOf(price, { inputTokens: 1, cachedInputTokens: 0, outputTokens });
}

describe('a stage at which nothing ever succeeds', () => {
  it.each([1, 2, 3, 8, 13])(
    'comes to an end after calls that the limits tell of: %i steps',
    async (steps) => {
      const maxAudits = 2;
      const { jarvis, llm } = createStageTeam(
        { stages: [{ name: 'Site' }], stepsPerStage: steps, work: neverRight() },
        {
          checks,
          config: {
            models: { manager: 'm', employee: 'm', tiers: { strong: 'strong-model' } },
            costs: { capUsd: 'unlimited' },
            loop: { maxAuditsPerStage: maxAudits },
          },
        },
      );

      const result = await jarvis.run({ task });

      // The second part of a stage waits for the first, so one part of each division is worked on: the first one.
      const depth = 1 + Math.ceil(Math.log2(steps));
      // Other instructions and the stronger model earn an audit each.
      const rounds = maxAudits + 2;
      const asksForEachRound = 2;
      const planAndSplit = 2;
      const asksManager = 1;
      expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
      expect(llm.requests).toHaveLength(planAndSplit + depth * rounds * asksForEachRound + asksManager);
      expect(result.roadmap?.stages).toHaveLength(depth);
    },
  );

  it('divides each part of it at most until every step is a stage of its own', async () => {
    const steps = 5;
    const { jarvis, llm } = createStageTeam(
      {
        stages: [{ name: 'Site' }],
        stepsPerStage: steps,
        audit: neverContent(),
        // Who accepts what is left lets the second parts have their turn.
        decide: () => true,
      },
      { config: { costs: { capUsd: 'unlimited' }, loop: { maxAuditsPerStage: 2 } } },
    );

    const result = await jarvis.run({ task });

    const lives = 2 * steps - 1;
    const planSplitAndReview = 3;
    expect(result.roadmap?.stages).toHaveLength(steps);
    expect(result.rounds).toHaveLength(lives * 3);
    expect(llm.requests).toHaveLength(planSplitAndReview + lives * 3 * 2 + steps);
  });
});

describe('what a stage costs', () => {
  it('is the same in the answers, in the records and in what decisions go by', async () => {
    const script = { stages: [{ name: 'Layout' }, { name: 'Style', after: [1] }] };
    const tokens = ({ stage }: LlmRequest) => (stage === 'layout' ? 3 * K : stage === 'style' ? 5 * K : K);

    const { state, records, llm } = await runPriced(script, { capUsd: 1, tokens });

    const booked = bookedByStage(records);
    expect(booked).toEqual(
      new Map([
        ['', costOf(K) * 3],
        ['layout', costOf(3 * K) * 2],
        ['style', costOf(5 * K) * 2],
      ]),
    );
    expect(['layout', 'style'].map((stage) => paidFor(state, stage))).toEqual([
      booked.get('layout'),
      booked.get('style'),
    ]);
    expect(state.ledger.bookedNanoUsd).toBe([...booked.values()].reduce((sum, part) => sum + part, 0));
    expect(llm.requests).toHaveLength(7);
  });
});

describe('the ladder of a stage', () => {
  it('is climbed at the price of the stage itself, however dear another one was', async () => {
    const feedback: string[] = [];
    const script: StageScript = {
      stages: [{ name: 'Dear' }, { name: 'Cheap', after: [1] }],
      work: neverRight((stage) => stage === 'Cheap'),
      onAsked: (asked) => feedback.push(asked.feedback),
    };

    // After two tries a round of the run has cost more than a quarter of what is left.
    await runPriced(script, { capUsd: 1, tokens: ({ stage }) => (stage === 'dear' ? 180 * K : K / 10) });

    expect(feedback.filter((text) => text.includes('begin from the requirements'))).toHaveLength(1);
  });

  it('spends no more than a quarter of what was left, all parts of a divided stage together', async () => {
    const call = 6.25 * K;
    const script = { stages: [{ name: 'Site' }], stepsPerStage: 8, work: neverRight() };

    const { state, result } = await runPriced(script, { capUsd: 0.6, tokens: () => call });

    const callsBefore = 2 + 2 * 2;
    const left = toNanoUsd(0.6) - callsBefore * costOf(call);
    const question = costOf(call);
    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    // Money for a ladder of its own would have divided the first part once more.
    expect(result.roadmap?.stages.map(({ id }) => id)).toEqual(['site-a', 'site-b']);
    expect(paidForLadder(state, 'site-a')).toBeGreaterThan(0);
    expect(paidForLadder(state, 'site-a')).toBeLessThanOrEqual(left / 4 + question);
    expect(paidForLadder(state, 'site-a')).toBe(state.ledger.bookedNanoUsd - callsBefore * costOf(call));
  });
});
