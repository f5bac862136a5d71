import { afterEach, describe, expect, it, vi } from 'vitest';

import { processIo } from './process-io.ts';

afterEach(() => {
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
});

describe('processIo', () => {
  it('writes results to standard output and the rest to standard error', () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const io = processIo();

    io.out('result');
    io.err('progress');

    expect(out).toHaveBeenCalledExactlyOnceWith('result');
    expect(err).toHaveBeenCalledExactlyOnceWith('progress');
  });

  it('goes on when the reader of its output goes away, and not after other failures', () => {
    processIo();

    const closed = Object.assign(new Error('closed'), { code: 'EPIPE' });
    const broken = Object.assign(new Error('broken'), { code: 'EIO' });

    expect(() => process.stdout.emit('error', closed)).not.toThrow();
    expect(() => process.stdout.emit('error', broken)).toThrow('broken');
  });

  it('tells of signals until nobody listens any more', () => {
    const heard: string[] = [];
    const before = process.listenerCount('SIGINT');

    const stop = processIo().onStopSignal((signal) => heard.push(signal));
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    process.listeners('SIGTERM').at(-1)?.('SIGTERM');
    stop();

    expect(heard).toEqual(['SIGINT', 'SIGTERM']);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('ends the process with a code', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('ended');
    });

    expect(() => processIo().exit(130)).toThrow('ended');
    expect(exit).toHaveBeenCalledWith(130);
  });
});
