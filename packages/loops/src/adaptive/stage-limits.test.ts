import { createLedger, defaultConfig, reserve, settle } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import { initialState, type RunState } from '../engine/run-state.ts';
import { cycleLimitsOf, purseOf } from './stage-limits.ts';

const limits = {
  ...defaultConfig.loop,
  asksManager: true,
  answersQuestions: true,
  policies: modernDialect.policies,
};

describe('cycleLimitsOf', () => {
  it('has a step to a stronger model only where there is one', () => {
    const strong = { ...initialState, config: { models: { employee: 'm', tiers: { strong: 'strong' } } } };
    const same = { ...initialState, config: { models: { employee: 'm', tiers: { strong: 'm' } } } };

    expect(cycleLimitsOf(strong, limits).ladder).toContain('stronger_model');
    expect(cycleLimitsOf(same, limits).ladder).not.toContain('stronger_model');
    expect(cycleLimitsOf(initialState, limits).ladder).not.toContain('stronger_model');
  });

  it('asks nobody where there is nobody to ask', () => {
    expect(cycleLimitsOf(initialState, { ...limits, asksManager: false }).ladder).not.toContain('ask');
  });
});

/** A run whose calls have cost this much, each for one stage or for the whole run. */
function spending(calls: readonly { readonly stage?: string; readonly amount: number }[]): RunState {
  const ledger = calls.reduce((before, { stage, amount }, index) => {
    const bearer = { role: 'employee', model: 'm', ...(stage === undefined ? {} : { stage }) } as const;
    const attemptId = String(index);
    const reserved = reserve(before, { attemptId, ...bearer, reservedNanoUsd: amount });
    return settle(reserved, { attemptId, bearer, amount });
  }, createLedger(1_000));
  const rounds = calls.flatMap(({ stage }, index) => (stage === undefined ? [] : [{ number: index, stage }]));
  return { ...initialState, ledger, rounds };
}

describe('purseOf', () => {
  it('holds what is left of the cap, and no end of money where there is none', () => {
    const capped = { ...initialState, ledger: { ...createLedger(1_000), bookedNanoUsd: 400 } };

    expect(purseOf(capped, 'home', limits).leftNanoUsd).toBe(600);
    expect(purseOf(initialState, 'home', limits).leftNanoUsd).toBe('unlimited');
  });

  it('expects a step to cost what the rounds of the stage itself have cost, whatever others do', () => {
    const state = spending([
      { amount: 300 },
      { stage: 'home', amount: 10 },
      { stage: 'shop', amount: 200 },
      { stage: 'home', amount: 11 },
    ]);

    expect(purseOf(state, 'home', limits).costNanoUsd).toEqual({
      other_instructions: 11,
      stronger_model: 44,
      split: 11 * 2 * limits.maxAuditsPerStage,
    });
  });

  it('has spent what was booked for the stage since its ladder was begun, and nothing of others', () => {
    const calls = [
      { stage: 'home', amount: 100 },
      { stage: 'shop', amount: 200 },
      { stage: 'home', amount: 30 },
    ];
    const ladders = initialState.ladders.with('home', { root: 'home', paidBeforeNanoUsd: 100 });

    expect(purseOf({ ...spending(calls), ladders }, 'home', limits).spentNanoUsd).toBe(30);
    expect(purseOf(spending(calls), 'home', limits).spentNanoUsd).toBe(0);
  });
});
