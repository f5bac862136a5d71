import { describe, expect, it } from 'vitest';

import { agentBus, listen, NINE, notice, recorded } from '../test/agent-bus.ts';

describe('send', () => {
  it('gives the message as it is kept, with number and time', () => {
    const bus = agentBus();

    const message = bus.send(notice());

    expect(message).toEqual(recorded());
    expect(bus.inbox('employee')).toEqual([message]);
  });

  it('counts the messages of each sender for itself', () => {
    const bus = agentBus();

    const sent = [
      bus.send(notice({ id: 'a' })),
      bus.send(notice({ id: 'b', from: 'employee', to: 'manager' })),
      bus.send(notice({ id: 'c', to: 'supervisor' })),
    ];

    expect(sent.map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
  });

  it('takes the time of each message from the caller', () => {
    const times = [NINE, NINE + 1000];
    const bus = agentBus({ now: () => times.shift() ?? 0 });

    const sent = [bus.send(notice({ id: 'a' })), bus.send(notice({ id: 'b' }))];

    expect(sent.map(({ atMs }) => atMs)).toEqual([NINE, NINE + 1000]);
  });

  it('refuses a time that could not be read back', () => {
    const bus = agentBus({ now: () => Number.NaN });

    expect(() => bus.send(notice())).toThrow('atMs: ');
  });

  it('delivers a message once, however often it is sent (B60)', () => {
    const times = [NINE, NINE + 1000, NINE + 2000];
    const bus = agentBus({ now: () => times.shift() ?? 0 });
    const heard = listen(bus);

    const first = bus.send(notice());
    const again = bus.send(notice({ payload: { text: 'Hello again' } }));
    const next = bus.send(notice({ id: 'n2' }));

    expect(again).toBe(first);
    expect(heard).toEqual([first, next]);
    expect(next).toMatchObject({ sequence: 2, atMs: NINE + 1000 });
  });

  it('refuses another message under an id that is taken', () => {
    const bus = agentBus();
    bus.send(notice());

    expect(() => bus.send(notice({ to: 'supervisor', threadId: 'run-2' }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_MESSAGE_ID_TAKEN',
        messageId: 'n1',
        fields: ['to', 'threadId'],
      }),
    );
    expect(bus.stats().total).toBe(1);
  });

  it('keeps nothing of a message that it refuses', () => {
    const bus = agentBus();
    const heard = listen(bus);

    expect(() => bus.send(notice({ payload: { text: '' } }))).toThrow('The payload of a "notice" message');

    expect([heard, bus.inbox('employee'), bus.conversation('run-1')]).toEqual([[], [], []]);
    expect(bus.send(notice()).sequence).toBe(1);
  });

  it('refuses an unknown sender before anything else is looked at', () => {
    const bus = agentBus();

    // @ts-expect-error -- the compiler refuses it as well
    expect(() => bus.send(notice({ from: 'toString' }))).toThrow('There is no agent role "toString"');
  });

  it('lets a message answer one of its thread', () => {
    const bus = agentBus();
    bus.send(notice());

    const answer = bus.send(notice({ id: 'n2', from: 'employee', to: 'manager', replyTo: 'n1' }));

    expect(answer.replyTo).toBe('n1');
  });

  it.each(['nobody-sent-this', 'n1', 'n2'])('refuses an answer to %s, not in its thread (B58)', (replyTo) => {
    const bus = agentBus();
    bus.send(notice({ threadId: 'run-2' }));

    expect(() => bus.send(notice({ id: 'n2', replyTo }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_UNKNOWN_REPLY_TARGET',
        messageId: 'n2',
        replyTo,
        threadId: 'run-1',
      }),
    );
    expect(bus.stats().total).toBe(1);
  });
});

describe('inbox', () => {
  it('holds what was delivered to a role, in order', () => {
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));
    bus.send(notice({ id: 'b', to: 'manager' }));
    bus.send(notice({ id: 'c', from: 'supervisor' }));

    expect(bus.inbox('employee').map(({ id }) => id)).toEqual(['a', 'c']);
    expect(bus.inbox('supervisor')).toEqual([]);
  });

  it.each([
    [{ kind: 'work.assigned' }, ['b']],
    [{ from: 'supervisor' }, ['c']],
    [{ threadId: 'run-1' }, ['a', 'b']],
    [{ kind: 'notice', from: 'supervisor', threadId: 'run-2' }, ['c']],
    [{ kind: 'notice', threadId: 'run-3' }, []],
  ] as const)('gives only what %o asks for', (filter, ids) => {
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));
    bus.send({
      ...notice({ id: 'b' }),
      kind: 'work.assigned',
      from: 'manager',
      to: 'employee',
      payload: { round: 1, feedback: [] },
    });
    bus.send(notice({ id: 'c', from: 'supervisor', threadId: 'run-2' }));

    expect(bus.inbox('employee', filter).map(({ id }) => id)).toEqual(ids);
  });

  it('refuses a role that nobody has', () => {
    const bus = agentBus();

    // @ts-expect-error -- the compiler refuses it as well
    expect(() => bus.inbox('employe')).toThrow('Did you mean "employee"?');
  });
});

describe('conversation', () => {
  it('gives a thread in order, whatever was said in between', () => {
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));
    bus.send(notice({ id: 'b', threadId: 'run-2' }));
    bus.send(notice({ id: 'c', from: 'employee', to: 'manager' }));

    expect(bus.conversation('run-1').map(({ id }) => id)).toEqual(['a', 'c']);
    expect(bus.conversation('run-3')).toEqual([]);
  });

  it('does not grow behind the back of whoever holds it', () => {
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));
    const before = bus.conversation('run-1');

    bus.send(notice({ id: 'b' }));

    expect(before).toHaveLength(1);
  });
});

describe('stats', () => {
  it('counts messages by kind, sender and receiver', () => {
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));
    bus.send(notice({ id: 'b', to: 'supervisor' }));
    bus.send({
      ...notice({ id: 'c' }),
      kind: 'review.given',
      from: 'manager',
      to: 'employee',
      payload: { round: 1, approved: true, feedback: [] },
    });

    expect(bus.stats()).toEqual({
      total: 3,
      byKind: { notice: 2, 'review.given': 1 },
      bySender: { manager: 3 },
      byReceiver: { supervisor: 1, employee: 2 },
      bytes: 77,
      pending: 0,
      deadLetters: 0,
      observerFailures: 0,
    });
  });
});

describe('createBus from recorded messages', () => {
  it('knows recorded messages again and goes on counting', () => {
    const bus = agentBus({ messages: [recorded()], now: () => NINE + 1000 });

    const again = bus.send(notice());
    const next = bus.send(notice({ id: 'n2', replyTo: 'n1' }));

    expect(again).toEqual(recorded());
    expect(next).toMatchObject({ sequence: 2, atMs: NINE + 1000 });
  });

  it.each([
    ['that does not fit the catalogue', [recorded({ kind: 'weather' })], 'JARVIS_BUS_UNKNOWN_KIND'],
    ['that answers nothing', [recorded({ replyTo: 'n0' })], 'JARVIS_BUS_UNKNOWN_REPLY_TARGET'],
    ['before which one is missing', [recorded({ sequence: 2 })], 'JARVIS_BUS_BROKEN_HISTORY'],
    ['that is there twice', [recorded(), recorded()], 'JARVIS_BUS_BROKEN_HISTORY'],
    ['whose id is taken', [recorded(), recorded({ sequence: 2 })], 'JARVIS_BUS_BROKEN_HISTORY'],
  ])('refuses a record %s', (_what, messages, code) => {
    expect(() => agentBus({ messages })).toThrow(expect.objectContaining({ code }));
  });

  it('says which message broke the history, and how', () => {
    const messages = [recorded(), recorded({ id: 'n3', sequence: 3 })];

    expect(() => agentBus({ messages })).toThrow(
      expect.objectContaining({ messageId: 'n3', from: 'manager', sequence: 3, expectedSequence: 2 }),
    );
  });
});
