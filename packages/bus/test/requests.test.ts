import { FixedClock } from '@jarvis/core/testing';
import { describe, expect, it } from 'vitest';

import { agentBus, NINE, notice } from './agent-bus.ts';

const question = {
  id: 'q1',
  kind: 'clarification.requested',
  to: 'manager',
  threadId: 'run-1',
  payload: { question: 'Which currency?' },
} as const;

const answer = { kind: 'clarification.given', payload: { answer: 'Euro' } } as const;

function team(options: Parameters<typeof agentBus>[0] = {}) {
  const clock = new FixedClock({ nowMs: NINE });
  const bus = agentBus({ now: () => clock.nowMs(), timer: clock, ...options });
  return { bus, clock, manager: bus.port('manager'), employee: bus.port('employee') };
}

describe('request', () => {
  it('gives the answer, typed by what the catalogue lets it be', async () => {
    const { bus, manager, employee } = team();
    manager.handle((message) => manager.reply(message, answer));

    const reply = await employee.request(question);

    expect(reply.payload.answer).toBe('Euro');
    expect(reply).toMatchObject({ id: 'reply to q1', from: 'manager', to: 'employee', replyTo: 'q1' });
    expect(bus.stats()).toMatchObject({ pending: 0, deadLetters: 0 });
  });

  it('needs no timer for what is answered at once, and leaves none behind', async () => {
    const { clock, manager, employee } = team();
    manager.handle((message) => manager.reply(message, answer));

    await employee.request(question);

    await clock.advance(0);
    expect(clock.pendingSleeps).toBe(0);
  });

  it('ends at its deadline, as a dead letter', async () => {
    const { bus, clock, employee } = team();
    const asked = employee.request({ ...question, timeoutMs: 5_000 });
    const outcome = asked.catch((error: unknown) => error);

    await clock.advance(4_999);
    expect(bus.pendingRequests().map(({ id }) => id)).toEqual(['q1']);
    await clock.advance(1);

    expect(await outcome).toMatchObject({
      code: 'JARVIS_BUS_REQUEST_TIMED_OUT',
      messageId: 'q1',
      timeoutMs: 5_000,
    });
    expect(bus.pendingRequests()).toEqual([]);
    expect(bus.deadLetters()).toMatchObject([
      { message: { id: 'q1' }, reason: 'timed_out', atMs: NINE + 5_000 },
    ]);
    expect(clock.pendingSleeps).toBe(0);
  });

  it('keeps every deadline, whichever was set first', async () => {
    const { bus, clock, employee } = team();
    const outcomes = [300, 100, 200].map((timeoutMs) =>
      employee.request({ ...question, id: `q${String(timeoutMs)}`, timeoutMs }).catch(() => timeoutMs),
    );

    await clock.advance(100);
    const afterFirst = bus.deadLetters().map(({ message }) => message.id);
    await clock.advance(200);

    expect(afterFirst).toEqual(['q100']);
    expect(await Promise.all(outcomes)).toEqual([300, 100, 200]);
    expect(bus.deadLetters().map(({ message }) => message.id)).toEqual(['q100', 'q200', 'q300']);
  });

  it('takes its deadline from the catalogue and does not follow a wall clock that jumps', async () => {
    const { bus, clock, employee } = team();
    const outcome = employee.request(question).catch((error: unknown) => error);

    clock.setWallClock(NINE + 86_400_000);
    await clock.advance(599_999);
    expect(bus.pendingRequests()).toHaveLength(1);
    await clock.advance(1);

    expect(await outcome).toMatchObject({ timeoutMs: 600_000 });
  });

  it('waits for the same answer when it is sent again, before and after', async () => {
    const { bus, manager, employee } = team();
    const first = employee.request(question);
    const second = employee.request(question);
    const [asked] = manager.inbox({ kind: 'clarification.requested' });
    if (asked !== undefined) manager.reply(asked, answer);

    const replies = await Promise.all([first, second, employee.request(question)]);

    expect(new Set(replies).size).toBe(1);
    expect(bus.stats().total).toBe(2);
  });

  it('fails at once when its handler fails, and says so to whoever asks again', async () => {
    const { bus, manager, employee } = team();
    manager.handle(() => Promise.reject(new Error('no ink')));

    await expect(employee.request(question)).rejects.toMatchObject({
      code: 'JARVIS_BUS_REQUEST_FAILED',
      reason: 'handler_failed',
    });

    await expect(employee.request(question)).rejects.toMatchObject({ reason: 'handler_failed' });
    expect(bus.stats()).toMatchObject({ deadLetters: 1, observerFailures: 1, pending: 0 });
  });

  it('stays answered when its handler fails afterwards', async () => {
    const { bus, manager, employee } = team();
    manager.handle((message) => {
      manager.reply(message, answer);
      throw new Error('too late to matter');
    });

    await expect(employee.request(question)).resolves.toMatchObject({ payload: { answer: 'Euro' } });

    expect(bus.deadLetters()).toEqual([]);
    expect(bus.stats().observerFailures).toBe(1);
  });

  it.each([{ id: 'q2' }, { id: 'reply to q1' }])(
    'refuses to answer a message that is answered: $id (B58)',
    async ({ id }) => {
      const { manager, employee } = team();
      const asked = employee.request(question);
      const [message] = manager.inbox({ kind: 'clarification.requested' });
      if (message !== undefined) manager.reply(message, { ...answer, id: 'first' });
      await asked;

      const again = () => message && manager.reply(message, { ...answer, id });

      expect(again).toThrow(
        expect.objectContaining({ code: 'JARVIS_BUS_REPLY_TOO_LATE', replyTo: 'q1', ended: 'answered' }),
      );
    },
  );

  it('refuses an answer after the deadline (B58)', async () => {
    const { clock, manager, employee } = team();
    const outcome = employee.request(question).catch(() => 'timed out');
    await clock.advance(600_000);
    const [message] = manager.inbox();

    const late = () => message && manager.reply(message, answer);

    expect(await outcome).toBe('timed out');
    expect(late).toThrow(expect.objectContaining({ ended: 'timed_out' }));
  });

  it.each([
    ['another kind', { kind: 'notice', payload: { text: 'Euro' }, from: 'manager', to: 'employee' }],
    ['another sender', { ...answer, from: 'manager', to: 'supervisor' }],
  ] as const)('refuses an answer with %s than the request expects', (_what, reply) => {
    const { bus, employee } = team();
    employee.send(question);

    const send = () => bus.send({ ...reply, id: 'r1', threadId: 'run-1', replyTo: 'q1' });

    expect(send).toThrow(expect.objectContaining({ code: 'JARVIS_BUS_REPLY_NOT_ALLOWED', replyTo: 'q1' }));
    expect(bus.pendingRequests()).toHaveLength(1);
  });

  it('is refused by a bus without a timer, which could not end it', async () => {
    const bus = agentBus();

    await expect(bus.port('employee').request(question)).rejects.toMatchObject({
      code: 'JARVIS_BUS_NO_TIMER',
      needs: 'clarification.requested',
    });

    expect(bus.stats().total).toBe(0);
  });

  it('is not waited for when nothing can answer its kind', async () => {
    const { bus } = team();

    // @ts-expect-error -- the compiler refuses it as well
    await expect(bus.request(notice())).rejects.toMatchObject({ code: 'JARVIS_BUS_NOT_A_REQUEST' });
  });

  it('lets go of its timers when the bus is closed', async () => {
    const { bus, clock, employee } = team();
    employee.send(question);
    await clock.advance(0);

    bus.close();

    await clock.advance(0);
    expect(clock.pendingSleeps).toBe(0);
    expect(bus.pendingRequests()).toHaveLength(1);
  });
});

describe('port', () => {
  it('sends in its own name, whatever the message says', () => {
    const { bus, employee } = team();
    const forged = { ...notice(), from: 'manager', to: 'supervisor' } as const;

    const message = employee.send(forged);

    expect(message.from).toBe('employee');
    expect(bus.inbox('supervisor', { from: 'manager' })).toEqual([]);
  });

  it('is there only for those the catalogue names (B56)', () => {
    const { bus } = team();

    // @ts-expect-error -- the compiler refuses it as well
    expect(() => bus.port('manger')).toThrow('Did you mean "manager"?');
  });

  it('handles one message at a time, in order', async () => {
    const { bus, employee } = team();
    const steps: string[] = [];
    employee.handle(async ({ id }) => {
      steps.push(`${id} begins`);
      await Promise.resolve();
      steps.push(`${id} ends`);
    });

    bus.send(notice({ id: 'a' }));
    bus.send(notice({ id: 'b' }));

    await expect.poll(() => steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('has one handler, until that is stopped', () => {
    const { bus, employee } = team();
    const handled: string[] = [];
    const stop = employee.handle(({ id }) => handled.push(id));
    expect(() => employee.handle(() => undefined)).toThrow('has a handler already');

    stop();
    bus.send(notice());
    employee.handle(({ id }) => handled.push(id));
    bus.send(notice({ id: 'n2' }));

    expect(handled).toEqual(['n2']);
  });
});

describe('limits', () => {
  it('refuses a body of 10 MB before it looks at it (B59)', () => {
    const { bus } = team();
    const text = 'x'.repeat(10 * 1_048_576);

    expect(() => bus.send(notice({ payload: { text } }))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_BUS_MESSAGE_TOO_LARGE',
        messageId: 'n1',
        limitBytes: 1_048_576,
      }),
    );
    expect(bus.stats()).toMatchObject({ total: 0, bytes: 0 });
  });

  it('stops a loop of messages after 1,000 of them, by the budget (B61)', () => {
    const refused: unknown[] = [];
    const { bus, manager, employee } = team({
      limits: { messages: 1_000 },
      onObserverError: ({ cause }) => refused.push(cause),
    });
    for (const port of [manager, employee]) {
      port.handle(({ id, from }) => {
        if (from !== 'tools') port.send({ ...notice(), id: `${id}+`, to: from });
      });
    }

    bus.send(notice());

    expect(bus.stats().total).toBe(1_000);
    expect(refused).toEqual([
      expect.objectContaining({ code: 'JARVIS_BUS_BUDGET_REACHED', unit: 'messages', limit: 1_000 }),
    ]);
  });

  it('counts bytes as well, and what was restored', () => {
    const { bus } = team({ limits: { bytes: 50 } });
    const sent = ['a', 'b', 'c'].map((id) => bus.send(notice({ id })));

    const restored = agentBus({ messages: sent, limits: { bytes: 50 } });

    expect(() => restored.send(notice({ id: 'd' }))).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_BUDGET_REACHED', unit: 'bytes' }),
    );
  });

  it('refuses what a slow handler has no room for, and says when there is room', async () => {
    const { bus, manager, employee } = team({ limits: { waiting: 2 } });
    const { promise: ink, resolve: bringInk } = Promise.withResolvers<undefined>();
    employee.handle(() => ink);
    for (const id of ['a', 'b', 'c']) bus.send(notice({ id }));
    const send = () => bus.send(notice({ id: 'd' }));
    expect(send).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_INBOX_FULL', to: 'employee', retryable: true }),
    );

    bringInk(undefined);
    await manager.whenRoom('employee');

    expect(send().id).toBe('d');
  });
});
