import { describe, expect, it } from 'vitest';

import { recorded } from '../../test/agent-bus.ts';
import { messageSchema } from './message.ts';

describe('messageSchema', () => {
  it('reads an envelope back and leaves the payload alone', () => {
    const message = recorded({ kind: 'weather.changed', payload: { rain: [1, null] }, replyTo: 'n0' });

    expect(messageSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it.each([
    ['an empty id', { id: '' }],
    ['an empty kind', { kind: '' }],
    ['a sender that is no text', { from: 7 }],
    ['a receiver that is no text', { to: null }],
    ['no time to wait', { timeoutMs: 0 }],
    ['an empty thread', { threadId: '' }],
    ['number 0', { sequence: 0 }],
    ['a time before 1970', { atMs: -1 }],
    ['no time', { atMs: Number.NaN }],
    ['an empty reference', { replyTo: '' }],
    ['a field that means nothing', { urgent: true }],
  ])('refuses %s', (_what, changes) => {
    expect(messageSchema.safeParse(recorded(changes)).success).toBe(false);
  });

  it('refuses a message without payload', () => {
    const value: unknown = JSON.parse(JSON.stringify(recorded({ payload: undefined })));

    expect(messageSchema.safeParse(value).success).toBe(false);
  });
});
