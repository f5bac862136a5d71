import { expectTypeOf } from 'vitest';
import { z } from 'zod';

import type { agentCatalog } from './agent-catalog.ts';
import type { MessageBus } from './message-bus.ts';
import { defineCatalog } from './message/message-catalog.ts';
import type { MessageOf } from './message/message-catalog.ts';
import type { Message } from './message/message.ts';

declare const bus: MessageBus<typeof agentCatalog>;

const envelope = { id: 'm1', threadId: 't' };
const review = bus.send({
  ...envelope,
  kind: 'review.given',
  from: 'manager',
  to: 'employee',
  payload: { round: 1, approved: true, feedback: [] },
});

expectTypeOf(review.kind).toEqualTypeOf<'review.given'>();
expectTypeOf(review.payload.approved).toEqualTypeOf<boolean>();
expectTypeOf(review.payload.feedback).toEqualTypeOf<readonly string[]>();
expectTypeOf<MessageOf<typeof agentCatalog>>().toExtend<Message>();

expectTypeOf(bus.inbox('manager', { kind: 'work.delivered' })[0]?.payload.files).toEqualTypeOf<
  readonly string[] | undefined
>();

for (const message of bus.conversation('t')) {
  if (message.kind === 'notice') {
    expectTypeOf(message.payload).toEqualTypeOf<{ text: string }>();
  }
}

bus.subscribe('employee', (message) => {
  expectTypeOf(message.kind).toEqualTypeOf<keyof typeof agentCatalog>();
});

const question = {
  ...envelope,
  kind: 'clarification.requested',
  to: 'manager',
  payload: { question: 'Why?' },
} as const;
const answer = await bus.request({ ...question, from: 'employee' });

expectTypeOf(answer.kind).toEqualTypeOf<'clarification.given'>();
expectTypeOf(answer.payload).toEqualTypeOf<{ answer: string }>();

const port = bus.port('employee');
expectTypeOf(port.role).toEqualTypeOf<'employee'>();
expectTypeOf((await port.request(question)).from).toEqualTypeOf<'manager'>();

// @ts-expect-error -- a notice is no request
void bus.request({ ...envelope, kind: 'notice', from: 'manager', to: 'employee', payload: { text: 'a' } });

expectTypeOf(bus.stats().byKind.notice).toEqualTypeOf<number | undefined>();

// @ts-expect-error -- the employee does not review
bus.send({ ...envelope, kind: 'review.given', from: 'employee', to: 'manager', payload: review.payload });

// @ts-expect-error -- there is no such kind
bus.send({ ...envelope, kind: 'review.guessed', from: 'manager', to: 'employee', payload: {} });

// @ts-expect-error -- the payload of another kind
bus.send({ ...envelope, kind: 'notice', from: 'manager', to: 'employee', payload: review.payload });

// @ts-expect-error -- a date is no JSON and would not come back from a journal
defineCatalog({ dated: { schema: z.strictObject({ at: z.date() }), from: ['manager'], to: ['employee'] } });
