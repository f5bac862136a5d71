import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { openBench } from '../src/fault-bench.ts';

const folder = inject('installed');

/** Plan, work and review: each is killed once. */
const CALLS = [1, 2, 3] as const;

const cases = [
  {
    title: 'F01: killed before the reservation, asks for the first time and has nothing in doubt',
    place: 'model.before-reservation',
    askedBefore: 0,
    askedInAll: 1,
    inDoubt: 0,
  },
  {
    title:
      'F02: killed between the reservation and the request, asks for the first time and keeps the reservation',
    place: 'model.reserved',
    askedBefore: 0,
    askedInAll: 1,
    inDoubt: 1,
  },
  {
    title:
      'F04: killed between the answer and its record, asks a second time and keeps the first one in doubt',
    place: 'model.answered',
    askedBefore: 1,
    askedInAll: 2,
    inDoubt: 1,
  },
  {
    title: 'F05: killed between the record of an answer and its effect, asks no more, and the effect comes',
    place: 'model.settled',
    askedBefore: 1,
    askedInAll: 1,
    inDoubt: 0,
  },
] as const;

describe.each(cases)('$title', { concurrent: true }, ({ place, askedBefore, askedInAll, inDoubt }) => {
  it.each(CALLS)('at call %i', async (call) => {
    await using bench = await openBench(folder, `${place}-${String(call)}`);

    await bench.dieAt(place, call);
    const before = bench.countRequests();
    const wasThere = existsSync(join(bench.desk.workspace, 'index.html'));
    const { code, status, cost } = await bench.resume();

    const others = CALLS.map(() => 1);
    expect(before).toEqual([...others.slice(0, call - 1), ...(askedBefore === 0 ? [] : [1])]);
    expect(wasThere).toBe(call === 3);
    expect({ code, status }).toEqual({ code: 0, status: 'done' });
    expect(bench.countRequests()).toEqual(others.with(call - 1, askedInAll));
    expect(cost).toMatchObject({ calls: 3, inDoubtCalls: inDoubt });
    expect(cost.inDoubtUsd > 0).toBe(inDoubt > 0);
    expect(cost.spentUsd).toBeLessThanOrEqual(cost.capUsd);
    expect(existsSync(join(bench.desk.workspace, 'index.html'))).toBe(true);
  });
});

describe('F04: with strict spending, a lost answer', { concurrent: true }, () => {
  it.each(CALLS)('is not paid for again until a person says so, at call %i', async (call) => {
    await using bench = await openBench(folder, `strict-${String(call)}`, {
      config: { costs: { strictSpend: true } },
    });

    await bench.dieAt('model.answered', call);
    const waiting = await bench.resume();
    const askedWhileWaiting = bench.server.requests.length;
    const forced = await bench.resume({ args: ['--force'] });

    expect(waiting).toMatchObject({ code: 3, status: 'waiting', reason: 'in_doubt' });
    expect(waiting.nextCommand).toMatch(/^jarvis resume \S+ --force$/u);
    expect(askedWhileWaiting).toBe(call);
    expect(forced).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
    expect(bench.countRequests()).toEqual(CALLS.map(() => 1).with(call - 1, 2));
  });
});
