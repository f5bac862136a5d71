import { describe, expect, it } from 'vitest';

import { agentCatalog } from '../../agent-catalog.ts';
import { createBus } from '../../create-bus.ts';
import type { Message } from '../../message/message.ts';
import type { Transport } from '../../transport/transport.ts';

/** A transport without history, and what the contract needs to see through it. */
export interface TransportUnderTest {
  readonly transport: Transport;
  /** Lets what was carried arrive. Left out: it has arrived when `carry` returns. */
  readonly flush?: () => void | Promise<void>;
  /** Opens the same storage once more. Left out: the transport keeps no history. */
  readonly reopen?: () => Transport;
}

/** Registers the tests every {@link Transport} passes while nothing disturbs it. `open` gives a new one. */
export function transportContract(name: string, open: () => TransportUnderTest): void {
  describe(`${name} keeps the contract of Transport`, () => {
    carryingTests(open);
    const { reopen } = open();
    if (reopen !== undefined) historyTests(open);
  });
}

function carryingTests(open: () => TransportUnderTest): void {
  it('brings each message to the receiver, unchanged and in order', async () => {
    const { transport, flush } = open();
    const received: Message[] = [];
    transport.connect((message) => received.push(message));
    const messages = Array.from({ length: 100 }, (_, index) => sample(index + 1));

    for (const message of messages) transport.carry(message);
    await flush?.();

    expect(received).toEqual(messages);
  });

  it('brings nothing any more once it is disconnected', async () => {
    const { transport, flush } = open();
    const received: Message[] = [];
    const disconnect = transport.connect((message) => received.push(message));

    disconnect();
    transport.carry(sample(1));
    await flush?.();

    expect(received).toEqual([]);
  });

  it('has delivered when it returns, if it says so', () => {
    const { transport } = open();
    const received: Message[] = [];
    transport.connect((message) => received.push(message));

    transport.carry(sample(1));

    expect(received.length === 1 || transport.delivery === 'unreliable').toBe(true);
  });

  it('lets the receiver carry on from within', async () => {
    const { transport, flush } = open();
    const received: number[] = [];
    transport.connect(({ sequence }) => {
      received.push(sequence);
      if (sequence < 5) transport.carry(sample(sequence + 1));
    });

    transport.carry(sample(1));
    await flush?.();

    expect(received).toEqual([1, 2, 3, 4, 5]);
  });
}

function historyTests(open: () => TransportUnderTest): void {
  it('begins without history', () => {
    expect(open().transport.history ?? []).toEqual([]);
  });

  it('gives the same records back when it is opened again, and the same bus from them', async () => {
    const { transport, flush, reopen = () => transport } = open();
    const bus = createBus({ catalog: agentCatalog, now: () => 0, timer: STOPPED, transport });
    const { from, to, threadId, payload } = sample(1);
    bus.send({ id: 'm1', kind: 'notice', from, to, threadId, payload });
    bus.port('employee').handle(() => {
      throw new Error('cannot');
    });
    bus.send({ id: 'm2', kind: 'notice', from, to, threadId, payload });
    await flush?.();

    const reopened = reopen();
    const restored = createBus({ catalog: agentCatalog, now: () => 0, timer: STOPPED, transport: reopened });

    expect(reopened.history?.map(({ type }) => type)).toEqual([
      'message.carried',
      'message.carried',
      'message.dead',
    ]);
    expect(restored.conversation(threadId)).toEqual(bus.conversation(threadId));
    expect(restored.deadLetters()).toEqual(bus.deadLetters());
  });
}

/** A timer for a test in which no time passes. */
const STOPPED = { monotonicMs: () => 0, sleep: () => new Promise<void>(() => undefined) };

function sample(sequence: number) {
  return {
    id: `m${String(sequence)}`,
    kind: 'notice',
    from: 'manager',
    to: 'employee',
    threadId: 't',
    sequence,
    atMs: 0,
    payload: { text: `Hello ${String(sequence)}, Grüße 🥐` },
  } as const;
}
