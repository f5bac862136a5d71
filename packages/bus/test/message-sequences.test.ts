import type { AgentRole } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { agentCatalog } from '../src/agent-catalog.ts';
import type { MessageOf } from '../src/message/message-catalog.ts';
import type { Message } from '../src/message/message.ts';
import { agentBus, listen, NINE, notice } from './agent-bus.ts';
import type { AgentBus } from './agent-bus.ts';

type Sent = MessageOf<typeof agentCatalog>;

interface Wish {
  readonly kind: 'notice' | 'work';
  readonly id: string;
  readonly from: AgentRole;
  readonly to: AgentRole;
  readonly threadId: string;
  /** Whether it answers the newest message of its thread. */
  readonly isReply: boolean;
}

const ROLES = ['manager', 'supervisor', 'employee'] as const;
const THREADS = ['a', 'b', 'c'] as const;

/** Few enough ids that many come twice, some of them for another message. */
const wish = fc.record<Wish>({
  kind: fc.constantFrom('notice', 'work'),
  id: fc.nat({ max: 30 }).map((number) => `m${String(number)}`),
  from: fc.constantFrom(...ROLES),
  to: fc.constantFrom(...ROLES),
  threadId: fc.constantFrom(...THREADS),
  isReply: fc.boolean(),
});

const wishes = fc.array(wish, { maxLength: 60 });

describe('any interleaving of messages', () => {
  it('keeps the order of each sender and numbers its messages without gaps', () => {
    fc.assert(
      fc.property(wishes, (sequence) => {
        const bus = tickingBus();
        const heard = listen(bus);
        const sent = new Map<string, Sent>();

        for (const each of sequence) {
          const message = sendIfFree(bus, each);
          if (message !== undefined && !sent.has(message.id)) sent.set(message.id, message);
        }

        expect(heard).toEqual([...sent.values()]);
        for (const role of ROLES) {
          const numbers = heard.filter(({ from }) => from === role).map(({ sequence: number }) => number);
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        }
      }),
    );
  });

  it('is found again completely by receiver and by thread, in the order of delivery', () => {
    fc.assert(
      fc.property(wishes, (sequence) => {
        const bus = tickingBus();
        const heard = listen(bus);

        sequence.forEach((each) => sendIfFree(bus, each));

        for (const role of ROLES) expect(bus.inbox(role)).toEqual(heard.filter(({ to }) => to === role));
        for (const thread of THREADS) {
          expect(bus.conversation(thread)).toEqual(heard.filter(({ threadId }) => threadId === thread));
        }
      }),
    );
  });

  it('restores to the same bus, also through JSON', () => {
    fc.assert(
      fc.property(wishes, wishes, (before, after) => {
        const original = tickingBus();
        const heard = listen(original);
        before.forEach((each) => sendIfFree(original, each));

        const messages = JSON.parse(JSON.stringify(heard)) as Message[];
        const restored = tickingBus(messages);

        expect(stateOf(restored)).toEqual(stateOf(original));
        // Both go on the same way as well: ids, numbers and threads are known.
        const continued = after.map((each) => sendIfFree(restored, each));
        expect(continued).toEqual(after.map((each) => sendIfFree(original, each)));
      }),
    );
  });

  it('is not changed by ids that come again', () => {
    fc.assert(
      fc.property(wishes, (sequence) => {
        const bus = tickingBus();
        const heard = listen(bus);
        sequence.forEach((each) => sendIfFree(bus, each));
        const before = stateOf(bus);
        const count = heard.length;

        for (const message of [...heard]) {
          if (message.kind !== 'notice') continue;
          expect(bus.send({ ...message, payload: { text: 'again' } }).payload).toEqual(message.payload);
        }
        sequence.forEach((each) => sendIfFree(bus, each));

        expect(stateOf(bus)).toEqual(before);
        expect(heard).toHaveLength(count);
      }),
    );
  });

  it('is heard once and in order by a listener that answers each message', () => {
    fc.assert(
      fc.property(wishes, (sequence) => {
        const bus = tickingBus();
        bus.subscribe('employee', ({ id, from, threadId }) => {
          if (from === 'tools') return;
          const answer = {
            id: `answer to ${id}`,
            from: 'employee',
            to: from,
            threadId,
            replyTo: id,
          } as const;
          if (!id.startsWith('answer')) bus.send(notice(answer));
        });
        const heard = listen(bus);

        sequence.forEach((each) => sendIfFree(bus, each));

        expect(heard.filter(({ to }) => to === 'employee')).toEqual(bus.inbox('employee'));
        expect(heard).toHaveLength(bus.stats().total);
      }),
    );
  });
});

function tickingBus(messages: readonly Message[] = []): AgentBus {
  let ticks = messages.length;

  return agentBus({
    messages,
    now: () => {
      ticks += 1;
      return NINE + ticks;
    },
  });
}

/** An id that belongs to another message is refused, as it should be; nothing else may go wrong. */
function sendIfFree(bus: AgentBus, { kind, isReply, ...address }: Wish): Sent | undefined {
  const newest = bus.conversation(address.threadId).at(-1);
  const reply = isReply && newest !== undefined ? { replyTo: newest.id } : {};
  try {
    if (kind === 'notice') return bus.send({ ...notice(), ...address, ...reply });
    const work = { round: 1, feedback: ['Add prices'] };
    return bus.send({
      ...reply,
      id: address.id,
      threadId: address.threadId,
      kind: 'work.assigned',
      from: 'manager',
      to: 'employee',
      payload: work,
    });
  } catch (error) {
    expect(error).toMatchObject({ code: 'JARVIS_BUS_MESSAGE_ID_TAKEN' });
    return undefined;
  }
}

function stateOf(bus: AgentBus): unknown {
  return {
    stats: bus.stats(),
    inboxes: ROLES.map((role) => bus.inbox(role)),
    threads: THREADS.map((threadId) => bus.conversation(threadId)),
  };
}
