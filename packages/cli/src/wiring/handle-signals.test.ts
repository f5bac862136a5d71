import { describe, expect, it } from 'vitest';

import type { CliIo, StopSignal } from './cli-io.ts';
import { watchForStop } from './handle-signals.ts';

function fakeIo() {
  const signals = new Set<(signal: StopSignal) => void>();
  const exits: number[] = [];
  const io: CliIo = {
    out: () => undefined,
    err: () => undefined,
    folder: '/',
    onStopSignal: (listener) => {
      signals.add(listener);
      return () => signals.delete(listener);
    },
    exit: (code) => {
      exits.push(code);
      throw new Error('ended');
    },
  };
  const send = (signal: StopSignal) => {
    for (const listener of signals) listener(signal);
  };
  return { io, exits, signals, send };
}

describe('watchForStop', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('takes the first %s for a request to stop, with the code %i', (signal, code) => {
    const { io, exits, send } = fakeIo();
    const watch = watchForStop(io);

    send(signal);

    expect(watch.signal.aborted).toBe(true);
    expect(watch.exitCode()).toBe(code);
    expect(exits).toEqual([]);
  });

  it('ends at once with the second signal', () => {
    const { io, exits, send } = fakeIo();
    watchForStop(io);

    send('SIGTERM');

    expect(() => {
      send('SIGINT');
    }).toThrow('ended');
    expect(exits).toEqual([130]);
  });

  it('is patient when the terminal is said to be gone a second time', () => {
    const { io, exits, send } = fakeIo();
    const watch = watchForStop(io);

    send('SIGHUP');
    send('SIGHUP');

    expect(exits).toEqual([]);
    expect(watch.exitCode()).toBe(129);
  });

  it('stops listening when the run is over', () => {
    const { io, signals } = fakeIo();

    watchForStop(io).dispose();

    expect(signals.size).toBe(0);
  });
});
