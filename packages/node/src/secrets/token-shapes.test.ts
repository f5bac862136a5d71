import { describe, expect, it } from 'vitest';

import { findTokens } from './token-shapes.ts';

// Put together here, so that no scanner takes this file for a leak.
const [PRIVATE, ZA] = ['PRIVATE', 'za'];
const HEADER = `-----BEGIN ${PRIVATE} KEY-----`;
const GOOGLE_KEY = `AI${ZA}SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY`;

describe('findTokens', () => {
  it('names each one with its line', () => {
    const text = `${GOOGLE_KEY}\n\n${GOOGLE_KEY} ${GOOGLE_KEY}\nhf_${'aB3dE6gH9jKlMnOpQ'.repeat(2)}`;

    expect(findTokens(text)).toEqual([
      { line: 1, lastLine: 1, rule: 'google-api-key' },
      { line: 3, lastLine: 3, rule: 'google-api-key' },
      { line: 3, lastLine: 3, rule: 'google-api-key' },
      { line: 4, lastLine: 4, rule: 'huggingface' },
    ]);
  });

  it('tells on which line what it is told by ends', () => {
    const body = 'MC4CAQAwBQYDK2VwBCIEIJ9Zq7Lw2vR9zT4mKp7sXy1aB8cD3eF6gH0j';

    expect(findTokens(`\n${HEADER}\n\n${body}\nmore`)).toEqual([
      { line: 2, lastLine: 4, rule: 'private-key' },
    ]);
  });

  it.each([
    `if (text.startsWith('${HEADER}')) return 'pem';`,
    `placeholder="${HEADER}\\n...\\n-----END"`,
    `${HEADER}\n${'x'.repeat(64)}\n`,
    `-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJ83DYvh6SEqVTm50DFtMDoQik`,
    '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQG',
    `AI${ZA}${'x'.repeat(35)}`,
    'const hf_model = "hf_hub_download_the_model_from_the_hub";',
    'eyJhbGciOiJIUzI1NiJ9',
    'eyJxxx.eyJyyy.zzz',
    'data:application/json;base64,eyJuYW1lIjoiUnllICYgU2hpbmUiLCJrIjoxfQ==',
  ])('takes no offence at %j', (text) => {
    expect(findTokens(text)).toEqual([]);
  });

  it.each([
    HEADER,
    `${HEADER}\\n`,
    'eyJ',
    '-eyJ',
    'eyJhbGciOiJIUzI1NiJ9.',
    'AIza',
    'hf_a',
    GOOGLE_KEY,
    `${GOOGLE_KEY}\n`,
  ])('is through with two megabytes of %j soon', (part) => {
    const startedMs = performance.now();

    findTokens(part.repeat(2_000_000 / part.length));

    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
