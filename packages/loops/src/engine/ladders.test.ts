import { createLedger, reserve, type ScopeTotal, settle } from '@jarvis/core';
import type { RoadmapMutation } from '@jarvis/roadmap';
import { newStage, type StageEvent } from '@jarvis/stages';
import { describe, expect, it } from 'vitest';

import { divideLadder, followLadder, paidForLadder } from './ladders.ts';
import { initialState, type RunState } from './run-state.ts';

/** The run after a call for a stage was paid. */
function pay(state: RunState, stage: string, amount: ScopeTotal['bookedNanoUsd']): RunState {
  const attemptId = `${stage}-${String(state.ledger.bookedNanoUsd)}`;
  const bearer = { role: 'employee', model: 'm', stage } as const;
  const reserved = reserve(state.ledger, { attemptId, ...bearer, reservedNanoUsd: amount });
  return { ...state, ledger: settle(reserved, { attemptId, bearer, amount }) };
}

/** The run after a stage has taken a step of its ladder. */
function climb(state: RunState, stageId: string): RunState {
  const stage = { ...newStage, escalations: [{ step: 'other_instructions', afterRounds: 1 } as const] };
  const event: StageEvent = { type: 'escalate', step: 'other_instructions' };
  return { ...state, ladders: followLadder(state, { stageId, event }, stage) };
}

function divide(state: RunState, stageId: string): RunState {
  const part = (end: string) => ({ id: `${stageId}-${end}`, name: end, goal: end, planSteps: [0] });
  const mutation = { type: 'split', stageId, into: [part('a'), part('b')] } satisfies RoadmapMutation;
  return { ...state, ladders: divideLadder(state, mutation) };
}

const begun = (stageId: string): RunState => ({
  ...initialState,
  ledger: createLedger(undefined),
  stages: initialState.stages.with(stageId, { ...newStage, state: 'deciding' }),
});

describe('paidForLadder', () => {
  it('counts what a stage costs from its first step on, and no later step begins it anew', () => {
    const before = pay(begun('home'), 'home', 100);
    const first = pay(climb(before, 'home'), 'home', 7);
    const second = pay(climb(first, 'home'), 'home', 5);

    expect([before, first, second].map((state) => paidForLadder(state, 'home'))).toEqual([0, 7, 12]);
  });

  it('counts calls whose fate is not known with what is set aside for them', () => {
    const state = climb(begun('home'), 'home');
    const call = { attemptId: 'lost', role: 'employee', model: 'm', stage: 'home' } as const;
    const ledger = reserve(state.ledger, { ...call, reservedNanoUsd: 40 });

    expect(paidForLadder({ ...state, ledger }, 'home')).toBe(40);
  });

  it('counts all parts of a stage that was divided, in each of them', () => {
    const divided = divide(pay(climb(pay(begun('home'), 'home', 100), 'home'), 'home', 7), 'home');
    const state = pay(pay(divided, 'home-a', 20), 'home-b', 3);

    expect(paidForLadder(state, 'home-a')).toBe(30);
    expect(paidForLadder(climb(state, 'home-b'), 'home-b')).toBe(30);
  });

  it('counts parts of parts as well, also where dividing was the first step', () => {
    const once = divide(pay(begun('home'), 'home', 100), 'home');
    const paid = pay(once, 'home-a', 20);
    const twice = divide(
      { ...paid, stages: paid.stages.with('home-a', { ...newStage, state: 'deciding' }) },
      'home-a',
    );

    expect(paidForLadder(pay(twice, 'home-a-a', 3), 'home-a-a')).toBe(23);
  });

  it('is nothing for a stage that is opened again', () => {
    const climbed = pay(climb(begun('home'), 'home'), 'home', 9);
    const event: StageEvent = { type: 'reopen', reason: 'It broke.' };
    const ladders = followLadder(climbed, { stageId: 'home', event }, newStage);

    expect(paidForLadder({ ...climbed, ladders }, 'home')).toBe(0);
  });

  it('is nothing for the parts of a stage that was never begun', () => {
    const state = pay(divide({ ...initialState, ledger: createLedger(undefined) }, 'home'), 'home-a', 9);

    expect(paidForLadder(state, 'home-a')).toBe(0);
  });
});
