import { lintRules, modelsNamedBy, type RoutingRule } from '@jarvis/core';
import { RecordingLogger } from '@jarvis/core/testing';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import type { Round } from '../engine/run-state.ts';
import { AgentCoordinator, type AgentCoordinatorOptions } from './agent-coordinator.ts';
import { readModels, readRouting } from './read-routing.ts';

const tiers = { small: 'tiny', strong: 'big' };

const failed: Round = {
  number: 1,
  checks: {
    findings: [{ severity: 'error', source: 'page', description: 'It is blank.' }],
    contentHash: 'h',
  },
};

function coordinate(options: Partial<AgentCoordinatorOptions> = {}): AgentCoordinator {
  return new AgentCoordinator({
    runId: 'run-1',
    dialect: modernDialect,
    models: () => ({ manager: 'm', employee: 'e' }),
    rounds: () => [],
    messages: [],
    now: () => 0,
    record: () => undefined,
    ...options,
  });
}

const first: Round = { number: 1 };
const work = { role: 'employee', purpose: 'work', round: first } as const;

describe('chooseModel, by the rules of the modern dialect', () => {
  it('gives every role its model where there are no tiers, whatever the task and the round', () => {
    const coordinator = coordinate({ rounds: () => [failed], task: { kind: 'ops', complexity: 'high' } });

    expect(coordinator.chooseModel(work)).toBe('e');
    expect(coordinator.chooseModel({ ...work, round: { number: 2 } })).toBe('e');
    expect(coordinator.chooseModel({ role: 'manager', purpose: 'plan' })).toBe('m');
    expect(coordinator.chooseModel({ role: 'supervisor', purpose: 'plan' })).toBe('m');
    expect(modelsNamedBy(modernDialect.routing, { manager: 'm', employee: 'e' })).toEqual(
      expect.arrayContaining(['m', 'e']),
    );
  });

  it.each([
    ['low', undefined, 'tiny'],
    ['medium', undefined, 'e'],
    ['high', undefined, 'big'],
    ['low', 'high', 'big'],
    ['low', 'normal', 'tiny'],
  ] as const)(
    'asks the tier for work of %s complexity and importance %s: %s',
    (complexity, importance, model) => {
      const task = {
        kind: 'other',
        complexity,
        ...(importance === undefined ? {} : { importance }),
      } as const;

      expect(
        coordinate({ models: () => ({ manager: 'm', employee: 'e', tiers }), task }).chooseModel(work),
      ).toBe(model);
    },
  );

  it('asks the strong tier after a round that failed, and the manager still plans with its own', () => {
    const coordinator = coordinate({
      models: () => ({ manager: 'm', employee: 'e', tiers }),
      rounds: () => [failed],
      task: { kind: 'other', complexity: 'low' },
    });

    expect(coordinator.chooseModel({ ...work, round: { number: 2 } })).toBe('big');
    expect(coordinator.chooseModel({ role: 'manager', purpose: 'review', round: { number: 2 } })).toBe('m');
  });

  it('has no rule that never applies', () => {
    expect(lintRules(modernDialect.routing)).toEqual([]);
  });
});

describe('chooseModel, with rules of the user', () => {
  const routing: readonly RoutingRule[] = [
    { when: { role: 'manager' }, model: 'mine-1', because: 'First.' },
    { when: { round: { min: 2 } }, model: 'mine-2', because: 'Second.' },
  ];

  it('asks them before those of the dialect, and says whose rule decided', () => {
    const coordinator = coordinate({ routing });

    expect(coordinator.routeQuestion({ ...work, round: { number: 2 } })).toEqual({
      model: 'mine-2',
      rule: 1,
      because: 'Second.',
      origin: 'configuration',
    });
    expect(coordinator.routeQuestion(work)).toMatchObject({ model: 'e', origin: 'dialect' });
    expect(modernDialect.routing[coordinator.routeQuestion(work).rule]?.model).toEqual({ of: 'standard' });
  });

  it('tells the logger the model and the reason', () => {
    const logger = new RecordingLogger();

    coordinate({ routing, logger }).chooseModel({ ...work, round: { number: 3 } });

    expect(logger.entries).toMatchObject([
      {
        level: 'debug',
        message: 'model chosen',
        facts: { runId: 'run-1', purpose: 'work', round: 3, model: 'mine-2', rule: 1, because: 'Second.' },
      },
    ]);
  });

  it('refuses a dialect whose rules leave questions open', () => {
    const dialect = { ...modernDialect, routing };

    expect(() => coordinate({ dialect }).chooseModel(work)).toThrow(/rule 1, the last one/u);
  });
});

describe('readRouting', () => {
  it('takes rules and importance from the configuration, and the rest from the task', () => {
    const rule: RoutingRule = { when: {}, model: 'x', because: 'Always.' };
    const models = { manager: 'm', employee: 'e', routing: [rule] };

    expect(readRouting('Rename one column', { models: { ...models, importance: 'high' } })).toEqual({
      routing: [rule],
      task: expect.objectContaining({ kind: 'data', complexity: 'low', importance: 'high' }) as unknown,
    });
  });

  it('reads what a release before rules has accepted', () => {
    expect(readRouting('Anything', { models: { manager: 'm', employee: 'e' } }).routing).toEqual([]);
  });
});

describe('readModels', () => {
  it('takes the models from the configuration', () => {
    const models = { manager: 'm', employee: 'e', supervisor: 's', tiers };

    expect(readModels({ models: { ...models, importance: 'high' } })).toEqual(models);
  });
});

describe('say', () => {
  it('is not stopped by the limits of a bus for few messages: a run may have 1,000 stages', () => {
    let recorded = 0;
    const coordinator = coordinate({ record: () => (recorded += 1) });

    for (let round = 1; round <= 10_001; round += 1) {
      coordinator.giveReview(round, { isApproved: true, feedback: [] });
    }

    expect(recorded).toBe(10_001);
  });
});
