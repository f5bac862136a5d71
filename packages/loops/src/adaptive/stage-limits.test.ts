import { createLedger, defaultConfig } from '@jarvis/core';
import { newStage } from '@jarvis/stages';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import { initialState } from '../engine/run-state.ts';
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

describe('purseOf', () => {
  it('holds what is left of the cap, and no end of money where there is none', () => {
    const capped = { ...initialState, ledger: { ...createLedger(1_000), bookedNanoUsd: 400 } };

    expect(purseOf(capped, newStage).leftNanoUsd).toBe(600);
    expect(purseOf(initialState, newStage).leftNanoUsd).toBe('unlimited');
  });

  it('expects a step to cost what a round of this run has cost so far', () => {
    const rounds = [{ number: 1 }, { number: 2 }];
    const state = { ...initialState, rounds, ledger: { ...createLedger(1_000), bookedNanoUsd: 101 } };

    expect(purseOf(state, newStage).costNanoUsd).toEqual({
      other_instructions: 51,
      stronger_model: 204,
      split: 102,
    });
  });
});
