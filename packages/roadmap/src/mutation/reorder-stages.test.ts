import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';

const IDS = Array.from({ length: 12 }, (_, index) => `s${String(index)}`);
const ORDER = fc.shuffledSubarray(IDS, { minLength: IDS.length });

describe('applyMutation with reorder', () => {
  it('takes whatever order names every stage after those it depends on', () => {
    fc.assert(
      fc.property(ORDER, ORDER, (before, wanted) => {
        const place = new Map(wanted.map((id, position) => [id, position]));
        const roadmap = dependOnAllowed(
          before,
          (id, other) => (place.get(other) ?? 0) < (place.get(id) ?? 0),
        );

        expect(reorder(roadmap, wanted).stages.map(({ id }) => id)).toEqual(wanted);
      }),
    );
  });

  it('refuses every order in which one stage stands before another that it depends on', () => {
    fc.assert(
      fc.property(ORDER, ORDER, fc.nat({ max: 10 }), (before, wanted, early) => {
        const [first = '', second = ''] = wanted.slice(early, early + 2);
        const roadmap = createRoadmap(before.map((id) => (id === first ? plan(id, second) : plan(id))));

        expect(() => reorder(roadmap, wanted)).toThrow(expect.objectContaining({ tooEarly: [first] }));
      }),
    );
  });
});

/** Each stage depends on every other one that is allowed, wherever that one stands. */
function dependOnAllowed(ids: readonly string[], isAllowed: (id: string, other: string) => boolean): Roadmap {
  return createRoadmap(ids.map((id) => plan(id, ...ids.filter((other) => isAllowed(id, other)))));
}

function reorder(roadmap: Roadmap, stageIds: readonly string[]): Roadmap {
  return applyMutation(roadmap, changeOf({ type: 'reorder', stageIds })).roadmap;
}
