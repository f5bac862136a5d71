import { describe, expect, it } from 'vitest';

import { describeDiskFailure } from './describe-disk-failure.ts';

const failure = (code: string) => Object.assign(new Error(`${code}: failed`), { code, syscall: 'realpath' });

describe('describeDiskFailure', () => {
  it.each([
    { code: 'EACCES', words: 'your user may not use it' },
    { code: 'EROFS', words: 'it is on a read-only disk' },
    { code: 'ELOOP', words: 'its links lead in a circle' },
    { code: 'EIO', words: 'it cannot be reached (EIO)' },
  ])('says that $words', ({ code, words }) => {
    expect(describeDiskFailure(failure(code))).toBe(words);
  });

  it.each([new Error('a mistake'), 'EACCES', undefined])('has no words for %s', (thrown) => {
    expect(describeDiskFailure(thrown)).toBeUndefined();
  });
});
