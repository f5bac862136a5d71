import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SharedMap } from './shared-map.ts';

describe('SharedMap', () => {
  it('leaves the map alone that a change is made of', () => {
    const one = SharedMap.empty<number>().with('a', 1);

    const two = one.with('a', 2).with('b', 3);
    const none = one.without('a');

    expect([one.get('a'), one.get('b'), one.size]).toEqual([1, undefined, 1]);
    expect([two.get('a'), two.get('b'), two.size]).toEqual([2, 3, 2]);
    expect([none.get('a'), none.size, none.values()]).toEqual([undefined, 0, []]);
  });

  it('stays as it is when a key is taken out that is not in it', () => {
    const map = SharedMap.empty<number>().with('a', 1);

    expect(map.without('b')).toBe(map);
  });

  it('holds what a Map holds after the same changes', () => {
    const changes = fc.array(fc.record({ key: fc.string({ maxLength: 2 }), value: fc.option(fc.nat()) }));

    fc.assert(
      fc.property(changes, (drawn) => {
        const known = new Map<string, number>();
        let map = SharedMap.empty<number>();
        for (const { key, value } of drawn) {
          if (value === null) known.delete(key);
          else known.set(key, value);
          map = value === null ? map.without(key) : map.with(key, value);
        }

        expect(map.size).toBe(known.size);
        expect([...map.values()].sort()).toEqual([...known.values()].sort());
        for (const [key, value] of known) expect(map.get(key)).toBe(value);
      }),
    );
  });
});
