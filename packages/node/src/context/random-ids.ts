import { randomBytes } from 'node:crypto';

import type { Clock, IdSource } from '@jarvis/core';

/** 32 characters that are hard to mistake for one another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const RANDOM_CHARACTERS = 6;

/** Ids for new runs, such as `20261122-164501-k3v9ze`: the time in UTC, so that they sort, and six random characters. */
export function randomIds(clock: Pick<Clock, 'nowMs'>): IdSource {
  return {
    newRunId: () => {
      const [date = '', time = ''] = new Date(clock.nowMs()).toISOString().split(/[T.]/u);
      return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${randomCharacters()}`;
    },
  };
}

function randomCharacters(): string {
  // 256 is a multiple of 32, so every character is equally likely.
  return Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join(
    '',
  );
}
