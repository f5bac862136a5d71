import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { systemClock } from './system-clock.ts';

const DAY_MS = 86_400_000;

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the wall-clock time in milliseconds', () => {
    expect(systemClock.nowMs()).toBe(Date.UTC(2026, 0, 1));
  });

  it('measures time that grows whatever the wall clock does', () => {
    const before = systemClock.monotonicMs();

    vi.setSystemTime(0);
    vi.advanceTimersByTime(5);

    expect(systemClock.monotonicMs() - before).toBeCloseTo(5, 0);
  });

  it('sleeps as long as it is told', async () => {
    let isAwake = false;

    const slept = systemClock.sleep(100).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(99);

    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(slept).resolves.toBe(true);
  });

  it('sleeps longer than one timer of Node can hold', async () => {
    let isAwake = false;

    const slept = systemClock.sleep(40 * DAY_MS).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(39 * DAY_MS);

    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(DAY_MS);
    await expect(slept).resolves.toBe(true);
  });

  it('wakes with the reason of the signal and leaves no timer', async () => {
    const controller = new AbortController();
    const reason = new Error('the user said stop');

    const slept = systemClock.sleep(1_000, controller.signal);
    controller.abort(reason);

    await expect(slept).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not start to sleep under an aborted signal', async () => {
    const reason = new Error('too late');

    await expect(systemClock.sleep(1_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();

    const slept = systemClock.sleep(10, signal);
    await vi.advanceTimersByTimeAsync(10);
    await slept;

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
