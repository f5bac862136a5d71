import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findKnownSecrets } from './known-secrets.ts';

const secretText = fc
  .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 })
  .filter((text) => text.trim() === text);
const bytes = fc.uint8Array({ maxLength: 20 });

describe('findKnownSecrets', () => {
  it('finds every secret inside anything that was encoded as a whole', () => {
    fc.assert(
      fc.property(secretText, bytes, bytes, (secret, before, after) => {
        const whole = Buffer.concat([before, Buffer.from(secret), after]);
        const { findLines } = findKnownSecrets([secret]);

        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          expect(findLines(`first line\n${whole.toString(encoding)}`)).toEqual([2]);
        }
        expect(findLines(encodeURIComponent(` ${secret} `))).toEqual([1]);
      }),
    );
  });

  it('leaves no secret in a masked text', () => {
    fc.assert(
      fc.property(secretText, fc.string(), (secret, around) => {
        const known = findKnownSecrets([secret]);

        const masked = known.mask(`${around}${secret}${around}${Buffer.from(secret).toString('hex')}`);

        expect(known.findLines(masked)).toEqual([]);
      }),
    );
  });
});
