import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createLocator } from './locate-stage.ts';

const STAGES = Array.from({ length: 10 }, (_, index) => ({ id: `stage-${String(index)}` }));
const WANTED_AND_FROM = fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 10 }));

describe('createLocator', () => {
  it('finds every stage from everywhere, however often it is asked', () => {
    const questions = fc.array(WANTED_AND_FROM, { minLength: 1, maxLength: 60 });

    fc.assert(
      fc.property(questions, (asked) => {
        const locate = createLocator(STAGES);

        const found = asked.map(([wanted, from]) => locate(`stage-${String(wanted)}`, from));

        expect(found).toEqual(asked.map(([wanted]) => (wanted < STAGES.length ? wanted : -1)));
      }),
    );
  });

  it('finds nothing where there are no stages', () => {
    expect(createLocator([])('stage-1', 0)).toBe(-1);
  });
});
