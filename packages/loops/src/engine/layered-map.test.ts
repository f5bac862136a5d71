import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LayeredMap } from './layered-map.ts';

const keys = fc.integer({ min: 0, max: 200 }).map((number) => `stage-${String(number)}`);

describe('LayeredMap', () => {
  it('holds what a map holds, in the same order, however often it was changed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.nat()), { maxLength: 400 }), (changes) => {
        const expected = new Map(changes);

        const map = changes.reduce((before, change) => before.with(...change), LayeredMap.empty<number>());

        expect([...map]).toEqual([...expected]);
        expect(map.size).toBe(expected.size);
        expect([...map.keys()].map((key) => map.get(key))).toEqual([...expected.values()]);
      }),
    );
  });

  it('leaves a map as it was when another one is made of it', () => {
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    const maps = numbers.reduce<LayeredMap<number>[]>(
      (made, number) => [...made, (made.at(-1) ?? LayeredMap.empty<number>()).with(String(number), number)],
      [],
    );

    const sizes = maps.map((map) => [map.size, [...map.values()].length]);

    expect(sizes).toEqual(numbers.map((number) => [number + 1, number + 1]));
  });

  it('knows no key that was never set', () => {
    const map = LayeredMap.empty<number>().with('site', 1).with('text', 2);

    const found = [map.has('site'), map.has('text'), map.has('style'), map.get('style')];

    expect(found).toEqual([true, true, false, undefined]);
  });

  it('shows every entry to whoever visits them', () => {
    const map = LayeredMap.empty<number>().with('site', 1).with('text', 2);
    const seen: unknown[] = [];

    map.forEach((value, key) => seen.push([key, value]));

    expect(seen).toEqual([
      ['site', 1],
      ['text', 2],
    ]);
  });
});
