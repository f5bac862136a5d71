import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { showValue } from './show-value.ts';

describe('showValue', () => {
  it.each([
    { value: undefined, shown: 'missing' },
    { value: null, shown: 'null' },
    { value: 'text', shown: '"text"' },
    { value: '1.5', shown: '"1.5"' },
    { value: 1.5, shown: '1.5' },
    { value: Number.NaN, shown: 'NaN' },
    { value: Number.POSITIVE_INFINITY, shown: 'Infinity' },
    { value: -0.5, shown: '-0.5' },
    { value: 12n, shown: '12' },
    { value: true, shown: 'true' },
    { value: Symbol('s'), shown: 'Symbol(s)' },
    { value: () => 0, shown: 'a function' },
    { value: [1, 2], shown: 'a list of 2' },
    { value: {}, shown: 'an empty object' },
    { value: { a: 1, b: { c: 2 } }, shown: 'an object with "a, b"' },
  ])('shows $shown', ({ value, shown }) => {
    expect(showValue(value)).toBe(shown);
  });

  it('escapes what a terminal acts on and what a reader cannot see', () => {
    expect(showValue('a\u001b[31m\nb\u0085\u202e\u200b\u{e0041}')).toBe(
      String.raw`"a\u001b[31m\nb\u{85}\u{202e}\u{200b}\u{e0041}"`,
    );
  });

  it('cuts after 80 characters, never inside one', () => {
    expect(showValue('🙂'.repeat(100))).toBe(`"${'🙂'.repeat(80)}…"`);
    expect(showValue('🙂'.repeat(80))).toBe(`"${'🙂'.repeat(80)}"`);
  });

  it.each([
    ['https://user:hunter2@example.com/v1', '"https://example.com/v1"'],
    ['https://example.com/v1?api_key=hunter2#x', '"https://example.com/v1"'],
    [`https://${'x'.repeat(500)}:hunter2@example.com`, '"https://example.com"'],
    ['HTTP://a@b@example.com', '"HTTP://example.com"'],
  ])('leaves secrets out of a URL', (url, shown) => {
    expect(showValue(url)).toBe(shown);
  });

  it('shows what refers to itself', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    expect(showValue(circle)).toBe('an object with "self"');
  });

  it('gives one short, printable line for anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (value) => {
        const shown = showValue(value);

        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThan(1_000);
      }),
    );
  });
});
