import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findKnownSecrets } from './known-secrets.ts';

const secretText = fc
  .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 })
  .filter((text) => text.trim() === text);
const bytes = fc.uint8Array({ maxLength: 20 });

const KEY = 'sk-proj-Zq7_Lw2vR9zT4mKp7sXy-1aB8cD3';
const hexOf = (one: string) => one.charCodeAt(0).toString(16).padStart(2, '0');
const each = (write: (one: string) => string) => Array.from(KEY).map(write).join('');
const base64 = Buffer.from(`const config = { key: "${KEY}", retries: 3, region: "north" };`).toString(
  'base64',
);

describe('findKnownSecrets', () => {
  it('finds every secret inside anything that was encoded as a whole', () => {
    fc.assert(
      fc.property(secretText, bytes, bytes, (secret, before, after) => {
        const whole = Buffer.concat([before, Buffer.from(secret), after]);
        const { findLines } = findKnownSecrets([secret]);

        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          expect(findLines(`first line\n${whole.toString(encoding)}`)).toContain(2);
        }
        expect(findLines(encodeURIComponent(` ${secret} `))).toEqual([1]);
      }),
    );
  });

  it.each([
    ['every character percent-encoded', each((one) => `%${hexOf(one)}`)],
    ['percent-encoded twice', each((one) => `%25${hexOf(one)}`)],
    ['some characters percent-encoded', KEY.replaceAll('s', '%73').replaceAll('-', '%2D')],
    ['decimal entities', each((one) => `&#${String(one.charCodeAt(0))};`)],
    ['decimal entities with noughts', each((one) => `&#${String(one.charCodeAt(0)).padStart(7, '0')};`)],
    ['hexadecimal entities', each((one) => `&#x${hexOf(one)};`)],
    ['named entities', KEY.replaceAll('-', '&hyphen;').replaceAll('_', '&lowbar;')],
    [String.raw`\uXXXX`, each((one) => String.raw`\u00${hexOf(one)}`)],
    [String.raw`\u{XX}`, each((one) => String.raw`\u{${hexOf(one)}}`)],
    [String.raw`\xXX`, each((one) => String.raw`\x${hexOf(one)}`)],
    [String.raw`\xXX inside JSON`, JSON.stringify({ code: each((one) => String.raw`\x${hexOf(one)}`) })],
    ['octal escapes', each((one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`)],
    ['full-width letters', each((one) => String.fromCharCode(one.charCodeAt(0) + 0xfe_e0))],
    ['backwards', Array.from(KEY).reverse().join('')],
    ['backwards and spaced', Array.from(KEY).reverse().join(' ')],
    ['spaced', Array.from(KEY).join(' ')],
    ['split over lines', `${KEY.slice(0, 12)}\n${KEY.slice(12, 20)}\r\n  ${KEY.slice(20)}`],
    ['split with a backslash', `${KEY.slice(0, 12)}\\\n${KEY.slice(12)}`],
    ['put together', `"${KEY.slice(0, 5)}" + '${KEY.slice(5, 19)}'\n  + \`${KEY.slice(19)}\``],
    ['in a list of JSON', JSON.stringify([KEY.slice(0, 9), KEY.slice(9)])],
    ['on lines of a text in JSON', JSON.stringify(`${KEY.slice(0, 9)}\n\t${KEY.slice(9)}`)],
    ['with hidden characters', Array.from(KEY).join('\u200b')],
    ['base64 at 64 columns', base64.replace(/.{64}/gu, '$&\n')],
    ['base64 at 76 columns', base64.replace(/.{76}/gu, '$&\r\n')],
    ['base64 at 10 columns', base64.replace(/.{10}/gu, '$&\n')],
    ['base64, percent-encoded', encodeURIComponent(base64)],
    ['hex with colons', each((one) => `${hexOf(one)}:`)],
    ['a list of hexadecimal numbers', each((one) => `0x${hexOf(one).toUpperCase()}, `)],
    ['a list of character codes', `[${[...Buffer.from(KEY)].join(', ')}]`],
  ])('finds a secret written as %s, and shows nothing of it', (_, form) => {
    const { findLines, mask } = findKnownSecrets([KEY]);

    expect(findLines(`line one\n${form}\nlast line`)).not.toEqual([]);
    expect(mask(`a ${form} b`)).not.toContain(form);
  });

  it.each([
    ['the hash of something', 'c0ffee'.repeat(40)],
    ['the beginning of it', KEY.slice(0, 20)],
    ['the same letters in another order', Array.from(KEY).sort().join('')],
    ['escapes of nothing', String.raw`100% \u \x &#; &bogus; &#9999999; &#xffffff; %zz \u{110000}`],
  ])('takes no offence at %s', (_, text) => {
    expect(findKnownSecrets([KEY]).findLines(text)).toEqual([]);
  });

  it('does not put a short value together from ordinary words', () => {
    const { findLines } = findKnownSecrets(['local-key-1']);

    expect(findLines('The local key (1) opens the door.')).toEqual([]);
    expect(findLines('x local-key-1 x')).toEqual([1]);
  });

  it('names the line on which each one begins, split or not', () => {
    const split = `${KEY.slice(0, 9)}\n\n${KEY.slice(9)}`;

    const lines = findKnownSecrets([KEY]).findLines(`\n${split}\nx\n%0a%0a${KEY}\n${split}`);

    expect(lines).toEqual([2, 6, 7]);
  });

  it('takes no longer than a text is long, whatever is in it', () => {
    const { findLines } = findKnownSecrets([KEY]);
    const worst = ['%25', '&#', '\\u{', '\\\\', 'sk-proj-', ' ', 'a\n'];
    for (const part of worst) {
      const startedMs = performance.now();

      findLines(part.repeat(Math.floor(2_000_000 / part.length)));

      expect(performance.now() - startedMs).toBeLessThan(3_000);
    }
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
