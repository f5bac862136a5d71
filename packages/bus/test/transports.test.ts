import { FixedClock } from '@jarvis/core/testing';
import { describe, expect, it } from 'vitest';

import { createMemoryTransport } from '../src/transport/memory-transport.ts';
import { createRecordTransport } from '../src/transport/record-transport.ts';
import type { TransportRecord } from '../src/transport/transport.ts';
import { transportContract } from '../src/testing/contracts/index.ts';
import { FaultyTransport } from '../src/testing/index.ts';
import { agentBus, NINE, notice } from './agent-bus.ts';

transportContract('the memory transport', () => ({ transport: createMemoryTransport() }));

transportContract('the record transport', () => {
  const records: TransportRecord[] = [];
  const write = (record: TransportRecord) => {
    records.push(record);
  };
  return {
    transport: createRecordTransport({ write }),
    reopen: () => createRecordTransport({ records: [...records], write }),
  };
});

transportContract('the faulty transport, when nothing goes wrong', () => {
  const transport = new FaultyTransport(() => 'none');
  return { transport, flush: () => transport.flush() };
});

const question = {
  id: 'q1',
  kind: 'clarification.requested',
  from: 'employee',
  to: 'manager',
  threadId: 'run-1',
  payload: { question: 'Which currency?' },
} as const;

describe('a bus on records', () => {
  it('has sent nothing when the record could not be written', () => {
    let isFull = true;
    const transport = createRecordTransport({
      write: () => {
        if (isFull) throw new Error('no space');
      },
    });
    const bus = agentBus({ transport });

    expect(() => bus.send(notice())).toThrow('no space');
    isFull = false;

    expect(bus.stats()).toMatchObject({ total: 0, bytes: 0 });
    expect(bus.send(notice()).sequence).toBe(1);
  });

  it('keeps the deadline of an open request across a restart', async () => {
    const records: TransportRecord[] = [];
    const write = (record: TransportRecord) => {
      records.push(record);
    };
    const clock = new FixedClock({ nowMs: NINE });
    const options = { now: () => clock.nowMs(), timer: clock };
    const before = agentBus({ ...options, transport: createRecordTransport({ write }) });
    before.send({ ...question, timeoutMs: 1_000 });
    before.close();
    await clock.advance(400);

    const after = agentBus({
      ...options,
      transport: createRecordTransport({ records: [...records], write }),
    });
    const outcome = after.request({ ...question, timeoutMs: 1_000 }).catch((error: unknown) => error);
    await clock.advance(600);

    expect(await outcome).toMatchObject({ code: 'JARVIS_BUS_REQUEST_TIMED_OUT' });
    expect(records.at(-1)).toEqual({
      type: 'message.dead',
      messageId: 'q1',
      reason: 'timed_out',
      atMs: NINE + 1_000,
    });
  });

  it.each([
    ['gives up what was not sent', { type: 'message.dead', messageId: 'x', reason: 'lost', atMs: 0 }],
    ['has a reason nobody knows', { type: 'message.dead', messageId: 'x', reason: 'tired', atMs: 0 }],
  ])('refuses a record that %s', (_what, record) => {
    const records = JSON.parse(JSON.stringify([record])) as TransportRecord[];
    const transport = createRecordTransport({ records, write: () => undefined });

    expect(() => agentBus({ transport })).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_INVALID_MESSAGE' }),
    );
  });
});

describe('a bus on a transport that loses everything', () => {
  it('sends again, gives up at last, and ends the request', async () => {
    const clock = new FixedClock({ nowMs: NINE });
    let carried = 0;
    const transport = new FaultyTransport(() => {
      carried += 1;
      return 'lose';
    });
    const resend = { afterMs: 10, attempts: 3 };
    const bus = agentBus({ now: () => clock.nowMs(), timer: clock, transport, resend });
    const outcome = bus.request(question).catch((error: unknown) => error);

    await clock.advance(30);

    expect(await outcome).toMatchObject({ code: 'JARVIS_BUS_REQUEST_FAILED', reason: 'lost' });
    expect(carried).toBe(3);
    expect(bus.inbox('manager')).toEqual([]);
    expect(clock.pendingSleeps).toBe(0);
  });

  it('is refused without a timer, which would tell when something is lost', () => {
    const transport = new FaultyTransport(() => 'none');

    expect(() => agentBus({ transport })).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_NO_TIMER', needs: 'transport' }),
    );
  });
});
