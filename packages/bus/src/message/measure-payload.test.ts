import { describe, expect, it } from 'vitest';

import { measurePayload } from './measure-payload.ts';

describe('measurePayload', () => {
  it.each(['plain', 'Brötchen', '麵包', '🥐🥖', 'a🥐ö麵'])('counts the UTF-8 bytes of %s', (text) => {
    const bytes = Buffer.byteLength(text);

    expect(measurePayload(text, 1_000)).toBe(bytes + 2);
  });

  it('counts keys and what lies below them', () => {
    const flat = measurePayload({ text: 'abc' }, 1_000);

    const deep = measurePayload({ list: [{ text: 'abc' }] }, 1_000);

    expect(flat).toBeGreaterThanOrEqual('textabc'.length);
    expect(deep).toBeGreaterThan(flat);
  });

  it('stops at what contains itself', () => {
    const endless: unknown[] = [];
    endless.push(endless);

    expect(measurePayload(endless, 1_000)).toBeGreaterThan(1_000);
  });
});
