import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { notice } from '../../test/agent-bus.ts';
import { createBus } from '../create-bus.ts';
import { defineCatalog } from './message-catalog.ts';

describe('defineCatalog', () => {
  it('closes the catalogue: neither kinds nor roles can be added', () => {
    const catalog = defineCatalog({ ping: { schema: z.null(), from: ['manager'], to: ['employee'] } });

    expect([catalog, catalog.ping, catalog.ping.from, catalog.ping.to].every(Object.isFrozen)).toBe(true);
  });

  it('makes a catalogue of which a bus accepts the kinds and no others', () => {
    const catalog = defineCatalog({ ping: { schema: z.null(), from: ['manager'], to: ['employee'] } });
    const bus = createBus({ catalog, now: () => 0 });

    const ping = bus.send({
      id: 'p1',
      kind: 'ping',
      from: 'manager',
      to: 'employee',
      threadId: 't',
      payload: null,
    });

    expect(ping.payload).toBeNull();
    // @ts-expect-error -- the compiler refuses it as well
    expect(() => bus.send(notice())).toThrow('The catalogue has no kind of message "notice"');
  });

  it('keeps what a schema makes of a payload, also when it is read back', () => {
    const catalog = defineCatalog({
      count: { schema: z.strictObject({ by: z.int().default(1) }), from: ['manager'], to: ['employee'] },
    });
    const bus = createBus({ catalog, now: () => 0 });

    bus.send({ id: 'c1', kind: 'count', from: 'manager', to: 'employee', threadId: 't', payload: {} });
    const restored = createBus({ catalog, now: () => 0, messages: bus.conversation('t') });

    expect(restored.inbox('employee')[0]?.payload).toEqual({ by: 1 });
  });
});
