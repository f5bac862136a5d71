import { afterEach, describe, expect, it, vi } from 'vitest';

import { guardOutput } from './guard-output.ts';

afterEach(() => {
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
});

describe('guardOutput', () => {
  it.each(['EPIPE', 'EIO'])('says nothing when the reader of its output is gone (%s)', (code) => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    guardOutput();

    process.stdout.emit('error', Object.assign(new Error('gone'), { code }));
    process.stderr.emit('error', Object.assign(new Error('gone'), { code }));

    expect(err).not.toHaveBeenCalled();
    expect(process.exitCode).toBeUndefined();
  });

  it('says in one line that the result could not be written, and fails', () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    guardOutput();

    process.stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const { exitCode } = process;
    process.exitCode = undefined;

    expect(err).toHaveBeenCalledExactlyOnceWith(
      'jarvis: The result could not be written to standard output (ENOSPC).\n',
    );
    expect(exitCode).toBe(1);
  });
});
