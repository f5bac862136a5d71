import { afterEach, describe, expect, it, vi } from 'vitest';

import { processIo } from './process-io.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('processIo', () => {
  it('writes results to standard output and the rest to standard error', () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const io = processIo();

    io.out('result\n');
    io.err('progress\n');

    expect(out).toHaveBeenCalledExactlyOnceWith('result\n');
    expect(err).toHaveBeenCalledExactlyOnceWith('progress\n');
  });

  it('shows the key of the model server nowhere, in whatever encoding', () => {
    const key = 'sk-proj-Zq7wT5vXk2Lm9Rb4';
    vi.stubEnv('OPENAI_API_KEY', key);
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const io = processIo();

    io.out(`${JSON.stringify({ error: { message: `refused ${Buffer.from(key).toString('hex')}` } })}\n`);
    io.err(`Error: ${key}\n    at ask (${encodeURIComponent(key)})\n`);

    expect(out).toHaveBeenCalledExactlyOnceWith('{"error":{"message":"[redacted: API key]"}}\n');
    expect(err).toHaveBeenCalledExactlyOnceWith(
      'Error: [redacted: API key]\n    at ask ([redacted: API key])\n',
    );
  });

  it('asks nobody where there is no terminal', () => {
    expect(processIo().confirm).toBeUndefined();
  });

  it('tells of signals until nobody listens any more', () => {
    const heard: string[] = [];
    const before = process.listenerCount('SIGINT');

    const stop = processIo().onStopSignal((signal) => heard.push(signal));
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    process.listeners('SIGTERM').at(-1)?.('SIGTERM');
    process.listeners('SIGHUP').at(-1)?.('SIGHUP');
    stop();

    expect(heard).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
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
