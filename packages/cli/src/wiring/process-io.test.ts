import { afterEach, describe, expect, it, vi } from 'vitest';

import { processIo } from './process-io.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
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

  it.each(['EPIPE', 'EIO'])('says nothing when the reader of its output is gone (%s)', (code) => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    processIo();

    process.stdout.emit('error', Object.assign(new Error('gone'), { code }));
    process.stderr.emit('error', Object.assign(new Error('gone'), { code }));

    expect(err).not.toHaveBeenCalled();
    expect(process.exitCode).toBeUndefined();
  });

  it('says in one line that the result could not be written, and fails', () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    processIo();

    process.stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const { exitCode } = process;
    process.exitCode = undefined;

    expect(err).toHaveBeenCalledExactlyOnceWith(
      'jarvis: The result could not be written to standard output (ENOSPC).\n',
    );
    expect(exitCode).toBe(1);
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
