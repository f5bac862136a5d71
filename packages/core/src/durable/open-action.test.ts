import { describe, expect, it } from 'vitest';

import { addAttempt, addFinished, addStarted, type RecordedSteps } from './open-action.ts';

const none: RecordedSteps = new Map();
const facts = { actionId: 'action-1', stepId: 'step-1', ordinal: 1, name: 'work', key: { a: '1' } };
const attempt = {
  attemptId: 'step-1.2',
  stepId: 'step-1',
  number: 2,
  model: 'm',
  role: 'employee',
  reservedNanoUsd: 1,
  outputLimit: 1,
} as const;

describe('the steps of an open action', () => {
  it('know what was started and not finished', () => {
    expect([...addStarted(none, { ...facts, intent: 'x' })]).toEqual([
      [
        1,
        {
          stepId: 'step-1',
          name: 'work',
          key: { a: '1' },
          intent: 'x',
          starts: 1,
          attempts: 0,
          isFinished: false,
          result: undefined,
        },
      ],
    ]);
  });

  it('count starts and keep the attempts made before', () => {
    const once = addAttempt(addStarted(none, { ...facts, intent: null }), attempt);

    const twice = addStarted(once, { ...facts, intent: null });

    expect(twice.get(1)).toMatchObject({ starts: 2, attempts: 2 });
  });

  it('know the result of what is finished, started or not', () => {
    const started = addStarted(none, { ...facts, intent: 'x' });

    expect(addFinished(started, { ...facts, result: 5 }).get(1)).toMatchObject({
      isFinished: true,
      result: 5,
      intent: 'x',
    });
    expect(addFinished(none, { ...facts, result: 5 }).get(1)).toMatchObject({
      isFinished: true,
      result: 5,
      starts: 1,
    });
  });

  it('do not take in an attempt of a step that is not theirs', () => {
    const started = addStarted(none, { ...facts, intent: null });

    expect(addAttempt(started, { ...attempt, stepId: 'other' })).toBe(started);
  });

  it('are new values: the old ones stay as they were', () => {
    const started = addStarted(none, { ...facts, intent: null });

    addFinished(started, { ...facts, result: 1 });

    expect(none.size).toBe(0);
    expect(started.get(1)?.isFinished).toBe(false);
  });
});
