import { expect, it } from 'vitest';

import { holds } from './holds.ts';
import type { Condition } from './rule-file.ts';

const document = {
  cap: 0.5,
  word: ' Approved',
  none: null,
  list: [],
  answers: [{ status: 'no' }, { status: 'APPROVED' }],
};

it.each<[Condition, boolean]>([
  [{ at: '/cap', above: 0 }, true],
  [{ at: '/cap', above: 0.5 }, false],
  [{ at: '/missing', above: 0 }, false],
  [{ at: '/none', is: 'null' }, true],
  [{ at: '/list', is: 'empty-list' }, true],
  [{ at: '/answers', is: 'empty-list' }, false],
  [{ at: '/answers', is: 'list' }, true],
  [{ at: '/answers/0', is: 'object' }, true],
  [{ at: '/answers/*/status', equals: 'no' }, true],
  [{ at: '/answers/*/status', matches: '^approved$', notMatches: '^approved$' }, true],
  [{ at: '/answers/0/status', matches: 'approved' }, false],
  [{ at: '/word', oneOf: [1, ' Approved'] }, true],
  [{ at: '/word', oneOf: ['Approved'] }, false],
  [
    {
      anyOf: [
        { at: '/cap', equals: 1 },
        { at: '/none', equals: null },
      ],
    },
    true,
  ],
  [
    {
      anyOf: [
        { at: '/cap', equals: 1 },
        { at: '/none', equals: 1 },
      ],
    },
    false,
  ],
])('%j: %s', (condition, expected) => {
  expect(holds(condition, document)).toBe(expected);
});
