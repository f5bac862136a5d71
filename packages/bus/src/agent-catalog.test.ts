import { agentRoleSchema } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { recorded } from '../test/agent-bus.ts';
import { agentCatalog } from './agent-catalog.ts';
import { parseMessage } from './message/parse-message.ts';

const ROLES = agentRoleSchema.options;

const PAYLOADS: Readonly<Record<string, unknown>> = {
  'work.assigned': { round: 2, feedback: ['The price of rolls is missing'] },
  'work.delivered': { round: 2, summary: 'Prices added.', files: ['index.html'] },
  'review.given': { round: 2, approved: false, feedback: ['The price of rolls is missing'] },
  notice: { text: 'The shop has a new name.' },
};

const ALLOWED = [
  'work.assigned manager employee',
  'work.delivered employee manager',
  'review.given manager employee',
  ...ROLES.flatMap((from) => ROLES.map((to) => `notice ${from} ${to}`)),
];

const EVERY = Object.keys(PAYLOADS).flatMap((kind) =>
  ROLES.flatMap((from) =>
    ROLES.map((to) => ({ kind, from, to, isAllowed: ALLOWED.includes(`${kind} ${from} ${to}`) })),
  ),
);

describe('agentCatalog', () => {
  it('holds these kinds and no others', () => {
    expect(Object.keys(agentCatalog)).toEqual(['work.assigned', 'work.delivered', 'review.given', 'notice']);
  });

  it.each(EVERY.filter(({ isAllowed }) => isAllowed))(
    'lets the $from send $kind to the $to',
    ({ kind, from, to }) => {
      const message = parseMessage(agentCatalog, recorded({ kind, from, to, payload: PAYLOADS[kind] }));

      expect(message.payload).toEqual(PAYLOADS[kind]);
    },
  );

  it.each(EVERY.filter(({ isAllowed }) => !isAllowed))(
    'does not let the $from send $kind to the $to',
    ({ kind, from, to }) => {
      const value = recorded({ kind, from, to, payload: PAYLOADS[kind] });

      expect(() => parseMessage(agentCatalog, value)).toThrow(/may not send|may not go to/);
    },
  );

  it.each([
    ['round 0', 'work.assigned', { round: 0, feedback: [] }],
    ['half a round', 'work.assigned', { round: 1.5, feedback: [] }],
    ['feedback that is no list', 'review.given', { round: 1, approved: true, feedback: 'no' }],
    ['an empty notice', 'notice', { text: '' }],
    ['a key that means nothing', 'notice', { text: 'a', loud: true }],
  ])('refuses %s', (_what, kind, payload) => {
    expect(() => parseMessage(agentCatalog, recorded({ kind, payload }))).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_INVALID_PAYLOAD', kind }),
    );
  });
});
