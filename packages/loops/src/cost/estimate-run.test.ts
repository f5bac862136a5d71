import { defaultConfig as defaults, defaultPriceTable, type RoutingRule } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RunCost } from './cost-history.ts';
import { type EstimateInput, estimateRun } from './estimate-run.ts';
import { listExpectedCalls } from './expected-calls.ts';
import { renderEstimate } from './render-estimate.ts';

const defaultConfig = { ...defaults, mode: 'SIMPLE_2LOOP' } as const;

const input: EstimateInput = {
  config: defaultConfig,
  prices: defaultPriceTable,
  taskTokens: 100,
  projectTokens: 2_000,
  history: [],
};

const past = (spentUsd: number, overrides: Partial<RunCost> = {}): RunCost => ({
  runId: 'r',
  mode: 'SIMPLE_2LOOP',
  status: 'done',
  isSimulated: false,
  startedAtMs: 0,
  spentUsd,
  inDoubtUsd: 0,
  calls: 3,
  models: ['gpt-4.1-mini'],
  ...overrides,
});

const withConfig = (config: Partial<EstimateInput['config']>): EstimateInput => ({
  ...input,
  config: { ...defaultConfig, ...config },
});

describe('estimateRun, from typical sizes', () => {
  it('tells a range and what it assumes', () => {
    const { lowUsd, likelyUsd, highUsd, basis, assumptions } = estimateRun(input);

    expect(basis).toEqual({ type: 'typical' });
    expect(0 < lowUsd && lowUsd < likelyUsd && likelyUsd < Number(highUsd)).toBe(true);
    expect(highUsd).toBeLessThan(1);
    expect(assumptions.join('\n')).toContain('1, 2, 3 at the low end');
    expect(assumptions.join('\n')).toContain(defaultPriceTable.asOf);
  });

  it('adds up the calls of a run of one round', () => {
    const oneRound = withConfig({ loop: { ...defaultConfig.loop, maxRounds: 1 } });

    // plan: 900 in, 400 out; work: 3,300 in, 1,500 out; review: 4,800 in, 150 out
    const usd = ((900 + 3_300 + 4_800) * 0.4 + (400 + 1_500 + 150) * 1.6) / 1e6;
    expect(estimateRun(oneRound).lowUsd).toBeCloseTo(usd, 9);
  });

  it('grows with rounds, with the size of the project and with stages', () => {
    const more = [
      withConfig({ loop: { ...defaultConfig.loop, maxRounds: 9 } }),
      { ...input, projectTokens: 20_000 },
      withConfig({ mode: 'PHASE3' }),
    ];

    for (const larger of more)
      expect(Number(estimateRun(larger).highUsd)).toBeGreaterThan(Number(estimateRun(input).highUsd));
  });

  it.each(['PHASE3', 'CONTEXT_AWARE'] as const)('ends nowhere but at the cap in mode %s', (mode) => {
    const costs = { ...defaultConfig.costs, capUsd: 'unlimited' } as const;
    const unlimited = estimateRun(withConfig({ mode, costs }));

    expect(estimateRun(withConfig({ mode })).highUsd).toBe(1);
    expect(unlimited).toMatchObject({ highUsd: 'unlimited', capUsd: 'unlimited' });
    expect(unlimited.likelyUsd).toBeLessThan(1);
    expect(unlimited.assumptions[0]).toContain('until the cap ends it');
    expect(renderEstimate(unlimited)).toContain(', and nothing limits it; there is no cap.');
  });

  it('never goes beyond the cap', () => {
    const capped = withConfig({ costs: { ...defaultConfig.costs, capUsd: 0.000_1 } });

    expect(estimateRun(capped)).toMatchObject({ lowUsd: 0.000_1, likelyUsd: 0.000_1, highUsd: 0.000_1 });
  });

  it('is nothing for the simulation', () => {
    const simulated = withConfig({
      models: { ...defaultConfig.models, manager: 'simulation', employee: 'simulation' },
    });

    expect(estimateRun(simulated)).toMatchObject({ lowUsd: 0, likelyUsd: 0, highUsd: 0 });
  });

  it('does not guess a price', () => {
    const unheard = withConfig({ models: { ...defaultConfig.models, employee: 'unheard-of' } });

    expect(() => estimateRun(unheard)).toThrow('The price of model "unheard-of" is not known');
  });

  it('prices each call with the model the rules choose for it', () => {
    const oneRound = withConfig({ loop: { ...defaultConfig.loop, maxRounds: 1 } });
    const routing: readonly RoutingRule[] = [
      { when: { purpose: 'work', complexity: 'low' }, model: { of: 'small' }, because: 'It is easy.' },
      { when: {}, model: { of: 'manager' }, because: 'Everything else.' },
    ];
    const models = { ...defaultConfig.models, tiers: { small: 'gpt-4.1-nano' } };
    const config = { ...oneRound.config, models };

    const routed = estimateRun({ ...input, config, routing, task: { kind: 'docs', complexity: 'low' } });
    const unknown = estimateRun({ ...input, config, routing });

    // plan: 900 in, 400 out; work: 3,300 in, 1,500 out, by the small model; review: 4,800 in, 150 out
    const usd = ((900 + 4_800) * 0.4 + (400 + 150) * 1.6 + 3_300 * 0.1 + 1_500 * 0.4) / 1e6;
    expect(routed.lowUsd).toBeCloseTo(usd, 9);
    expect(routed.assumptions.at(-1)).toContain('Asked are gpt-4.1-mini, gpt-4.1-nano, at the prices of');
    expect(unknown).toEqual(estimateRun(oneRound));
  });

  it('reckons at the high end with errors after each round, and with the model that is asked then', () => {
    const routing: readonly RoutingRule[] = [
      { when: { previous: { hasErrors: true } }, model: 'gpt-4o', because: 'It went wrong.' },
      { when: {}, model: { of: 'employee' }, because: 'Everything else.' },
    ];

    const { lowUsd, likelyUsd, highUsd } = estimateRun({ ...input, routing });

    const plain = estimateRun(input);
    expect([lowUsd, likelyUsd]).toEqual([plain.lowUsd, plain.likelyUsd]);
    expect(highUsd).toBeGreaterThan(Number(plain.highUsd));
  });

  it.each([
    ['of a role', { roleCapsUsd: { manager: 0.001, supervisor: undefined, employee: 0.002 } }, 0.003],
    ['of the one stage, and the plan', { stageCapUsd: 0.002 }, 0.002 + (900 * 0.4 + 2_000 * 1.6) / 1e6],
  ])('never goes beyond the cap %s', (_what, caps, mostUsd) => {
    const capped = withConfig({ costs: { ...defaultConfig.costs, ...caps } });

    const { lowUsd, likelyUsd, highUsd } = estimateRun(capped);

    expect(highUsd).toBeGreaterThan(0.002);
    expect(highUsd).toBeLessThanOrEqual(mostUsd + 1e-9);
    expect(highUsd).toBeLessThan(Number(estimateRun(input).highUsd));
    expect(lowUsd <= likelyUsd && likelyUsd <= Number(highUsd)).toBe(true);
  });

  it('keeps its order whatever the sizes', () => {
    const sizes = fc.record({
      taskTokens: fc.nat({ max: 1e6 }),
      projectTokens: fc.nat({ max: 1e6 }),
      maxRounds: fc.integer({ min: 1, max: 100 }),
    });

    fc.assert(
      fc.property(sizes, ({ taskTokens, projectTokens, maxRounds }) => {
        const config = { ...defaultConfig, loop: { ...defaultConfig.loop, maxRounds } };
        const { lowUsd, likelyUsd, highUsd } = estimateRun({ ...input, config, taskTokens, projectTokens });

        expect(lowUsd <= likelyUsd && likelyUsd <= Number(highUsd)).toBe(true);
        expect(highUsd).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('estimateRun, from history', () => {
  it('tells the cheapest, the middle and the ninth of ten', () => {
    const history = [9, 1, 8, 2, 7, 3, 6, 4, 5, 10].map((cents) => past(cents / 100));

    expect(estimateRun({ ...input, history })).toMatchObject({
      lowUsd: 0.01,
      likelyUsd: 0.05,
      highUsd: 0.09,
      basis: { type: 'history', runs: 10 },
    });
  });

  it('never goes beyond what the roles may cost together', () => {
    const costs = {
      ...defaultConfig.costs,
      roleCapsUsd: { manager: 0.01, supervisor: undefined, employee: 0.02 },
    };
    const history = [past(0.005), past(0.1), past(0.2)];

    const estimate = estimateRun({ ...input, config: { ...defaultConfig, costs }, history });

    expect(estimate).toMatchObject({ lowUsd: 0.005, likelyUsd: 0.03, highUsd: 0.03, basis: { runs: 3 } });
  });

  it('takes runs with the models the rules choose for ones with the same models', () => {
    const routing: readonly RoutingRule[] = [{ when: {}, model: 'gpt-4o', because: 'Always.' }];
    const history = [1, 2, 3].map(() => past(0.1, { models: ['gpt-4o'] }));

    expect(estimateRun({ ...input, history, routing }).basis).toEqual({ type: 'history', runs: 3 });
    expect(estimateRun({ ...input, history }).basis).toEqual({ type: 'typical' });
  });

  it.each([
    { what: 'simulated', other: past(5, { isSimulated: true }) },
    { what: 'of another mode', other: past(5, { mode: 'PHASE3' }) },
    { what: 'stopped half way', other: past(5, { status: 'stopped' }) },
    { what: 'made with another model', other: past(5, { models: ['gpt-4o'] }) },
  ])('passes over runs that were $what', ({ other }) => {
    const history = [past(0.1), past(0.1), other];

    expect(estimateRun({ ...input, history }).basis).toEqual({ type: 'typical' });
    expect(estimateRun({ ...input, history: [...history, past(0.1)] })).toMatchObject({
      highUsd: 0.1,
      basis: { runs: 3 },
    });
  });
});

describe('renderEstimate', () => {
  it('says what it will cost, and what that rests on', () => {
    const text = renderEstimate(estimateRun({ ...input, history: [past(0.1), past(0.2), past(0.3)] }));

    expect(text.split('\n')[0]).toBe(
      'Estimated cost: about $0.20, between $0.10 and $0.30; the cap is $1.00.',
    );
    expect(text).toContain('Based on 3 earlier runs:\n  The cheapest');
  });

  it('says that there is no cap, and too little history', () => {
    const text = renderEstimate(
      estimateRun(withConfig({ costs: { ...defaultConfig.costs, capUsd: 'unlimited' } })),
    );

    expect(text).toContain('; there is no cap.');
    expect(text).toContain('Based on typical sizes, as there are too few earlier runs:');
  });
});

describe('the calls of a mode', () => {
  const shape = { maxRounds: 1, maxAuditsPerStage: 1, taskTokens: 100, projectTokens: 0 };

  it.each([
    ['SIMPLE_2LOOP', ['plan', 'work', 'review']],
    ['LEGACY_3LOOP', ['plan', 'split', 'work', 'work', 'review']],
    ['PHASE3', ['plan', 'split', 'work', 'audit', 'work', 'audit', 'review']],
  ] as const)('%s: %j at the low end', (mode, purposes) => {
    const calls = listExpectedCalls({ ...shape, mode }, 'low');

    expect(calls.map(({ purpose }) => purpose)).toEqual(purposes);
  });

  it("are the supervisor's where it divides and audits, and grow with what was written", () => {
    const calls = listExpectedCalls({ ...shape, mode: 'PHASE3' }, 'low');

    expect(calls.filter(({ role }) => role === 'supervisor').map(({ purpose }) => purpose)).toEqual([
      'split',
      'audit',
      'audit',
    ]);
    const audits = calls.filter(({ purpose }) => purpose === 'audit').map(({ inputTokens }) => inputTokens);
    expect(audits[1]).toBeGreaterThan(audits[0] ?? 0);
  });
});
