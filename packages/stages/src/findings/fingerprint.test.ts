import type { Finding } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE } from '../../test/findings.ts';
import { findingFingerprint } from './fingerprint.ts';

describe('findingFingerprint', () => {
  it('shows file and rule in front of the hash', () => {
    expect(findingFingerprint(MISSING_TITLE)).toMatch(/^index\.html#title#[0-9a-f]{16}$/);
    expect(findingFingerprint({ severity: 'note', source: 'review', description: 'Good.' })).toMatch(
      /^[0-9a-f]{16}$/,
    );
  });

  it('is written down in records, so it never changes', () => {
    expect(findingFingerprint(MISSING_TITLE)).toBe('index.html#title#9c18433dd54a12f5');
    expect(findingFingerprint(LONG_LINE)).toBe('index.html#line-length#50f5bec476334709');
  });

  it.each<[string, Partial<Finding>]>([
    ['its line', { line: 99 }],
    ['its source', { source: 'supervisor' }],
    ['its severity', { severity: 'error' }],
    ['the description of a quoted text', { description: 'Too long.' }],
    ['white space around and in the quote', { quote: '  <p>a very\n  long line</p>' }],
  ])('stays the same when a finding changes %s', (_what, change) => {
    expect(findingFingerprint({ ...LONG_LINE, ...change })).toBe(findingFingerprint(LONG_LINE));
  });

  it.each<[string, Partial<Finding>]>([
    ['another file', { file: 'about.html' }],
    ['another rule', { rule: 'indent' }],
    ['another requirement', { requirement: 'Lines are short' }],
    ['another quote', { quote: '<p>a very long Line</p>' }],
  ])('tells findings apart that have %s', (_what, change) => {
    expect(findingFingerprint({ ...LONG_LINE, ...change })).not.toBe(findingFingerprint(LONG_LINE));
  });

  it('goes by the description, whatever its case and spacing, where nothing is quoted', () => {
    const shouted = { ...MISSING_TITLE, description: '  THE page has  no title. ', quote: ' ' };

    expect(findingFingerprint(shouted)).toBe(findingFingerprint(MISSING_TITLE));
    expect(findingFingerprint({ ...MISSING_TITLE, description: 'The page has no heading.' })).not.toBe(
      findingFingerprint(MISSING_TITLE),
    );
  });

  it('does not take a quote for a description of the same words', () => {
    const described: Finding = { severity: 'error', source: 'review', description: 'old price' };

    expect(findingFingerprint({ ...described, quote: 'old price' })).not.toBe(findingFingerprint(described));
  });

  it('never lets one part run over into the next', () => {
    const part = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('#', '"', ',', 'a') });

    const place = fc.record({ file: part, rule: part });

    fc.assert(
      fc.property(place, place, (one, other) => {
        fc.pre(one.file !== other.file || one.rule !== other.rule);

        expect(findingFingerprint({ ...MISSING_TITLE, ...one })).not.toBe(
          findingFingerprint({ ...MISSING_TITLE, ...other }),
        );
      }),
    );
  });
});
