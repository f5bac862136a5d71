import type { Clock } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import { readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam } from './team.ts';

const DAY_MS = 86_400_000;

/** A wall clock that is somewhere else each time it is looked at; the time that passes is not affected. */
function createJumpingClock(jumps: readonly number[]): Clock {
  const steady = new FixedClock({ sleeps: 'skipped' });
  let looks = 0;
  return {
    nowMs: () => {
      looks += 1;
      return Math.max(0, steady.nowMs() + (jumps[looks % jumps.length] ?? 0));
    },
    monotonicMs: () => steady.monotonicMs(),
    sleep: (ms, signal) => steady.sleep(ms, signal),
  };
}

describe('a wall clock that jumps in the middle of a run', () => {
  it.each([
    ['a day ahead', [0, DAY_MS]],
    ['a day back', [0, -DAY_MS]],
    ['to 1970', [0, -Number.MAX_SAFE_INTEGER]],
    ['an hour back and forth', [0, -3_600_000, 0, 3_600_000]],
  ])('F29: %s: the run is done, its records are in order, and no time is negative', async (_, jumps) => {
    const { jarvis, context } = createTeam({ approves: [false, true] }, { clock: createJumpingClock(jumps) });

    const result = await jarvis.run({ task: 'Build a page about knots' });
    const records = await readRunRecords(context.journal, result.runId);
    const { timeline, startedAtMs, updatedAtMs } = await readRun(context.journal, result.runId);

    expect(result).toMatchObject({ status: 'done', cost: { inDoubtCalls: 0 } });
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_record, index) => index + 1));
    expect(timeline.map(({ atMs }) => atMs)).toEqual(timeline.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(Math.min(...timeline.map(({ atMs }) => atMs))).toBeGreaterThanOrEqual(startedAtMs);
    expect(updatedAtMs).toBeGreaterThanOrEqual(startedAtMs);
  });
});
