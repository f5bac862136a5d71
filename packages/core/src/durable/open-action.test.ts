import { describe, expect, it } from 'vitest';

import {
  addAttempt,
  addFinished,
  addStarted,
  countCrashes,
  findUnfinished,
  forgive,
  type RecordedSteps,
  setDown,
} from './open-action.ts';

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
          crashes: 0,
          isInHand: true,
          attempts: 0,
          acceptedAttempts: 0,
          isFinished: false,
          result: undefined,
        },
      ],
    ]);
  });

  it('keep the attempts made before', () => {
    const once = addAttempt(addStarted(none, { ...facts, intent: null }), attempt);

    const twice = addStarted(once, { ...facts, intent: null });

    expect(twice.get(1)).toMatchObject({ attempts: 2 });
    expect(findUnfinished(twice)).toBe(twice.get(1));
  });

  it('count a crash for a step that was in hand, and none for later resumes that never took it up', () => {
    const started = addStarted(none, { ...facts, intent: null });

    const resumedThrice = countCrashes(countCrashes(countCrashes(started)));
    const startedAgain = addStarted(resumedThrice, { ...facts, intent: null });

    expect(resumedThrice.get(1)).toMatchObject({ crashes: 1 });
    expect(countCrashes(startedAgain).get(1)).toMatchObject({ crashes: 2 });
  });

  it('count no crash when the process stopped in good order', () => {
    const stopped = setDown(addStarted(none, { ...facts, intent: null }));

    expect(countCrashes(stopped).get(1)).toMatchObject({ crashes: 0 });
  });

  it('begin to count anew when a person says to go on', () => {
    const tried = addAttempt(addStarted(none, { ...facts, intent: null }), attempt);

    const forgiven = forgive(countCrashes(tried));

    expect(forgiven.get(1)).toMatchObject({ crashes: 0, isInHand: false, acceptedAttempts: 2 });
  });

  it('leave what is finished alone', () => {
    const finished = addFinished(none, { ...facts, result: 1 });

    expect([setDown, countCrashes, forgive].map((change) => change(finished))).toEqual([
      finished,
      finished,
      finished,
    ]);
    expect(findUnfinished(finished)).toBeUndefined();
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
      attempts: 0,
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
