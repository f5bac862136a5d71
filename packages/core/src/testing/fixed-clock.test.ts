import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { FixedClock } from './fixed-clock.ts';

describe('FixedClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new FixedClock({ nowMs: 1_000 });

    const before = [clock.nowMs(), clock.monotonicMs()];
    await clock.advance(250);

    expect(before).toEqual([1_000, 0]);
    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1_250, 250]);
  });

  it('starts with 2026', () => {
    expect(new Date(new FixedClock().nowMs()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('keeps measuring when the wall clock is set', async () => {
    const clock = new FixedClock({ nowMs: 1_000 });
    await clock.advance(10);

    clock.setWallClock(-500);
    await clock.advance(5);

    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([-495, 15]);
  });

  it('ends sleeps in their order, each at its own time', async () => {
    const clock = new FixedClock();
    const woken: [string, number][] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.monotonicMs()]);
    };
    const all = [sleep('c', 30), sleep('a', 10), sleep('b', 20)];

    await clock.advance(25);
    const afterFirst = [...woken];
    await clock.advance(5);
    await Promise.all(all);

    expect(afterFirst).toEqual([
      ['a', 10],
      ['b', 20],
    ]);
    expect(woken.at(-1)).toEqual(['c', 30]);
  });

  it('also ends sleeps that begin while it moves', async () => {
    const clock = new FixedClock();
    const times: number[] = [];
    const repeat = async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(10);
        times.push(clock.monotonicMs());
      }
    };
    const done = repeat();

    await clock.advance(25);
    const before = [...times];
    await clock.advance(5);
    await done;

    expect(before).toEqual([10, 20]);
    expect(times).toEqual([10, 20, 30]);
  });

  it.each([0, -5, Number.NaN])('does not sleep %d ms', async (ms) => {
    const clock = new FixedClock();

    await clock.sleep(ms);

    expect(clock.pendingSleeps).toBe(0);
  });

  it('wakes with the reason of the signal, and listens no longer', async () => {
    const clock = new FixedClock();
    const controller = new AbortController();
    const reason = new Error('the user said stop');
    const slept = clock.sleep(10, controller.signal);

    controller.abort(reason);

    await expect(slept).rejects.toBe(reason);
    await expect(clock.sleep(10, controller.signal)).rejects.toBe(reason);
    expect(clock.pendingSleeps).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('listens no longer when a sleep has ended', async () => {
    const clock = new FixedClock();
    const { signal } = new AbortController();
    const slept = clock.sleep(10, signal);

    await clock.advance(10);
    await slept;

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('FixedClock, with sleeps skipped', () => {
  it('jumps from sleep to sleep', async () => {
    const clock = new FixedClock({ nowMs: 0, sleeps: 'skipped' });

    await clock.sleep(1_000);
    await clock.sleep(500);

    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1_500, 1_500]);
  });

  it('ends the shortest of several sleeps first', async () => {
    const clock = new FixedClock({ sleeps: 'skipped' });
    const order: string[] = [];

    await Promise.all([
      clock.sleep(200).then(() => order.push('long')),
      clock.sleep(100).then(() => order.push('short')),
    ]);

    expect(order).toEqual(['short', 'long']);
    expect(clock.monotonicMs()).toBe(200);
  });

  it('does not jump while something can go on, and not at all to a sleep that was given up', async () => {
    const clock = new FixedClock({ sleeps: 'skipped' });
    const deadline = new AbortController();
    const slept = clock.sleep(60_000, deadline.signal);

    for (let turn = 0; turn < 1_000; turn += 1) await Promise.resolve();
    deadline.abort(new Error('done in time'));

    await expect(slept).rejects.toThrow('done in time');
    await clock.sleep(1);
    expect(clock.monotonicMs()).toBe(1);
  });
});
