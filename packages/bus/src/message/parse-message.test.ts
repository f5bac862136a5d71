import { describe, expect, it } from 'vitest';

import { recorded } from '../../test/agent-bus.ts';
import { agentCatalog } from '../agent-catalog.ts';
import { parseMessage } from './parse-message.ts';

describe('parseMessage', () => {
  it('reads a message back from JSON unchanged', () => {
    const message = recorded({ replyTo: 'n0' });

    expect(parseMessage(agentCatalog, JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it('gives a message that nobody can change, to its leaves', () => {
    const payload = { round: 1, feedback: ['Add prices'] };

    const message = parseMessage(agentCatalog, recorded({ kind: 'work.assigned', payload }));

    expect([message, message.payload].every(Object.isFrozen)).toBe(true);
    expect(message.kind === 'work.assigned' && Object.isFrozen(message.payload.feedback)).toBe(true);
    expect(Object.isFrozen(payload)).toBe(false);
  });

  it('refuses what is no message and names every field', () => {
    expect(() => parseMessage(agentCatalog, recorded({ id: '', sequence: 0, urgent: true }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_INVALID_MESSAGE',
        problems: [
          expect.stringMatching(/^id: /),
          expect.stringMatching(/^sequence: /),
          'Unrecognized key: "urgent"',
        ],
      }),
    );
    expect(() => parseMessage(agentCatalog, 'hello')).toThrow('expected object');
  });

  it('refuses an unknown kind and names the nearest one (B55)', () => {
    expect(() => parseMessage(agentCatalog, recorded({ kind: 'work.asigned' }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_UNKNOWN_KIND',
        nearest: 'work.assigned',
        message: expect.stringContaining('"work.asigned". Did you mean "work.assigned"?') as string,
      }),
    );
  });

  it('names every kind when none is near', () => {
    expect(() => parseMessage(agentCatalog, recorded({ kind: 'weather' }))).toThrow(
      `Use one of: ${Object.keys(agentCatalog)
        .map((kind) => `"${kind}"`)
        .join(', ')}.`,
    );
  });

  it('shows a long or strange kind cut and escaped', () => {
    const kind = `\u001b[31m${'x'.repeat(200)}`;

    expect(() => parseMessage(agentCatalog, recorded({ kind }))).toThrow(
      `kind of message "\\u001b[31m${'x'.repeat(75)}…".`,
    );
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'does not take what objects inherit for a kind: %s',
    (kind) => {
      expect(() => parseMessage(agentCatalog, recorded({ kind }))).toThrow(
        expect.objectContaining({ code: 'JARVIS_BUS_UNKNOWN_KIND' }),
      );
    },
  );

  it.each([{ from: 'manger' }, { to: 'manger' }])(
    'refuses an unknown sender or receiver (B56): %o',
    (role) => {
      expect(() => parseMessage(agentCatalog, recorded(role))).toThrow(
        expect.objectContaining({
          code: 'JARVIS_BUS_UNKNOWN_ROLE',
          role: 'manger',
          known: ['manager', 'employee', 'supervisor', 'tools'],
          nearest: 'manager',
        }),
      );
    },
  );

  it('refuses a sender that may not send the kind (B57)', () => {
    const value = recorded({ kind: 'review.given', from: 'employee' });

    expect(() => parseMessage(agentCatalog, value)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_SENDER_NOT_ALLOWED',
        kind: 'review.given',
        from: 'employee',
        allowed: ['manager'],
      }),
    );
  });

  it('refuses a receiver that may not receive the kind', () => {
    const value = recorded({ kind: 'review.given', to: 'supervisor' });

    expect(() => parseMessage(agentCatalog, value)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_RECEIVER_NOT_ALLOWED',
        kind: 'review.given',
        to: 'supervisor',
        allowed: ['employee'],
      }),
    );
  });

  it('refuses a payload that does not fit and names the fields, not what they hold', () => {
    const value = recorded({ payload: { text: 42, secret: 'sesame' } });

    expect(() => parseMessage(agentCatalog, value)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_INVALID_PAYLOAD',
        problems: [expect.stringMatching(/^text: /), 'Unrecognized key: "secret"'],
        message: expect.not.stringContaining('sesame') as string,
      }),
    );
  });
});
