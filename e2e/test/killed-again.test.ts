import { describe, expect, inject, it } from 'vitest';

import { openBench } from '../src/fault-bench.ts';

const folder = inject('installed');

describe('a run that is killed around its end', { concurrent: true }, () => {
  it.each(
    ['run.before-end', 'run.ended'].flatMap((place) => [1, 2, 3].map((time) => [place, time] as const)),
  )('F13: has exactly one end, and resuming it does nothing: %s, %i', async (place, time) => {
    await using bench = await openBench(folder, `${place}-${String(time)}`);

    await bench.dieAt(place);
    const first = await bench.resume();
    const records = await bench.readRecords();
    const second = await bench.resume();

    expect([first, second]).toMatchObject([
      { code: 0, status: 'done' },
      { code: 0, status: 'done' },
    ]);
    expect(records.filter(({ type }) => type === 'run.ended')).toHaveLength(1);
    expect(records.at(-1)?.type).toBe('run.ended');
    expect(await bench.readRecords()).toEqual(records);
    expect(bench.countRequests()).toEqual([1, 1, 1]);
  });
});

describe('a run that is killed again and again', { concurrent: true }, () => {
  it('F14: while it is resumed and before a step opens, twenty times, is as if it was killed once', async () => {
    await using bench = await openBench(folder, 'killed-resumes');

    await bench.dieAt('model.answered', 2);
    for (let time = 0; time < 20; time += 1) await bench.dieAt('model.before-reservation');
    const { code, status, cost } = await bench.resume();

    expect({ code, status }).toEqual({ code: 0, status: 'done' });
    expect(cost).toMatchObject({ calls: 3, inDoubtCalls: 1 });
    expect(bench.countRequests()).toEqual([1, 2, 1]);
  });

  it('F15: by the same step, is parked after the fifth time and goes on when it is forced', async () => {
    await using bench = await openBench(folder, 'crash-loop');

    for (let time = 0; time < 5; time += 1) await bench.dieAt('model.answered');
    const parked = await bench.resume();
    const again = await bench.resume();
    const asked = bench.countRequests();
    const forced = await bench.resume({ args: ['--force'] });

    expect(parked).toMatchObject({ code: 9, status: 'parked', reason: 'crash_loop' });
    expect(parked['message']).toContain('"model.plan"');
    expect(parked.nextCommand).toMatch(/^jarvis resume \S+ --force$/u);
    expect(again).toMatchObject({ code: 9, reason: 'crash_loop' });
    expect(asked).toEqual([5]);
    expect(forced).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 5 } });
    expect(bench.countRequests()).toEqual([6, 1, 1]);
  });
});
