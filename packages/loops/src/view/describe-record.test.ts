import type { LlmResponse } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import type { RunRecord } from '../engine/run-records.ts';
import { describeRecord } from './describe-record.ts';

const sealed = { runId: 'r', seq: 1, atMs: 0, version: 1 } as const;

function answered(facts: Partial<LlmResponse>, name = 'model.work'): RunRecord {
  const result = { outcome: 'answered', text: 'Hi', model: 'small', isSimulated: false, ...facts };
  return {
    ...sealed,
    type: 'step.finished',
    data: { actionId: 'a', stepId: 's', ordinal: 1, name, key: {}, result },
  };
}

describe('describeRecord', () => {
  it.each([
    [{ insteadOf: 'large' }, 'Answered by small instead of large'],
    [{ isCached: true }, 'Answered out of the cache: nobody was asked'],
    [{ isReplayed: true }, 'Answered out of the recording: nobody was asked'],
    [{}, undefined],
  ] as const)('says of an answer with %j: %s', (facts, text) => {
    expect(describeRecord(answered(facts))).toBe(text);
  });

  it('says nothing of other steps', () => {
    expect(describeRecord(answered({ isCached: true }, 'git.look'))).toBeUndefined();
  });

  it('says how long it waits before it asks again', () => {
    const ending = { type: 'failed', bookedNanoUsd: 0, reason: 'rate_limited', waitMs: 2_500 } as const;
    const data = { attemptId: 'a', stepId: 's', model: 'small', role: 'manager', ending } as const;

    expect(describeRecord({ ...sealed, type: 'attempt.closed', data })).toBe(
      'No answer (rate_limited); nothing was booked; asking again in 2.5 s',
    );
  });
});
