import { FixedClock } from '@jarvis/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Fault } from '../src/testing/index.ts';
import { FaultyTransport } from '../src/testing/index.ts';
import { agentBus, listen, NINE, notice } from './agent-bus.ts';
import { findFlaws } from './find-flaws.ts';
import type { History } from './find-flaws.ts';

type Act = 'manager says' | 'supervisor says' | 'employee asks' | 'time passes' | 'arrives';

const acts = fc.array(
  fc.constantFrom<Act>('manager says', 'supervisor says', 'employee asks', 'time passes', 'arrives'),
  { maxLength: 40 },
);
const faults = fc.array(fc.constantFrom<Fault>('none', 'none', 'lose', 'double', 'delay'), {
  maxLength: 200,
});

describe('a bus over a transport that loses, doubles and reorders', () => {
  it('keeps the order of each sender, handles each message once at most and ends each request once', async () => {
    await fc.assert(
      fc.asyncProperty(acts, faults, async (sequence, path) => {
        const history = await play(sequence, path);

        expect(findFlaws(history)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('loses nothing for good while fewer sendings are lost in a row than it tries', async () => {
    await fc.assert(
      fc.asyncProperty(acts, faults, async (sequence, path) => {
        const mild = path.map((fault, index) => (fault === 'lose' && index % 2 === 0 ? 'none' : fault));

        const { letters } = await play(sequence, mild, 50);

        expect(letters.filter(({ reason }) => reason === 'lost')).toEqual([]);
      }),
      { numRuns: 75 },
    );
  });
});

/** Lets the agents act while the faults happen, then lets time pass until nothing is open any more. */
async function play(sequence: readonly Act[], path: readonly Fault[], attempts = 3): Promise<History> {
  const faultsLeft = [...path];
  const clock = new FixedClock({ nowMs: NINE });
  const transport = new FaultyTransport(() => faultsLeft.shift() ?? 'none');
  const resend = { afterMs: 10, attempts };
  const bus = agentBus({ now: () => clock.nowMs(), timer: clock, transport, resend });
  const heard = listen(bus);
  const handled: string[] = [];
  const ends: { id: string; end: string }[] = [];
  const manager = bus.port('manager');
  manager.handle((message) => {
    handled.push(message.id);
    if (message.kind !== 'clarification.requested' || message.id.endsWith('7')) return;
    manager.reply(message, { kind: 'clarification.given', payload: { answer: 'Yes' } });
  });

  const steps = sequence.map((act, index) => async () => {
    const id = `m${String(index)}`;
    if (act === 'time passes') await clock.advance(10);
    else if (act === 'arrives') transport.flush();
    else if (act === 'manager says') bus.send(notice({ id }));
    else if (act === 'supervisor says') bus.send(notice({ id, from: 'supervisor', to: 'manager' }));
    else void ask(id);
  });
  for (const step of steps) await step();
  for (let turn = 0; turn < 2 * attempts + 60; turn += 1) {
    transport.flush();
    await clock.advance(10);
  }
  return {
    sent: bus.stats().total,
    heard,
    handled,
    ends,
    letters: bus.deadLetters(),
    pending: bus.pendingRequests(),
  };

  async function ask(id: string): Promise<void> {
    const payload = { question: 'Go on?' };
    const question = {
      id,
      kind: 'clarification.requested',
      to: 'manager',
      threadId: 'run-1',
      payload,
    } as const;
    const outcome = await bus
      .port('employee')
      .request({ ...question, timeoutMs: 300 })
      .then(
        () => 'answered',
        () => 'dead',
      );
    ends.push({ id, end: outcome });
  }
}

describe('the history checker', () => {
  const message = { ...notice(), sequence: 1, atMs: NINE };
  const clean: History = { sent: 1, heard: [message], handled: ['n1'], ends: [], letters: [], pending: [] };
  const question = { ...message, id: 'q1', kind: 'clarification.requested' };

  it('finds nothing in a history without flaws', () => {
    expect(findFlaws(clean)).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    ['out of order', { heard: [{ ...message, id: 'n2', sequence: 2 }, message], sent: 2 }],
    ['delivered twice', { heard: [message, message], sent: 2 }],
    ['handled twice', { handled: ['n1', 'n1'] }],
    ['neither delivered nor dead', { heard: [] }],
    ['without end', { heard: [question] }],
    ['still open', { pending: [question] }],
    [
      'ended twice',
      {
        ends: [
          { id: 'q1', end: 'dead' },
          { id: 'q1', end: 'answered' },
        ],
      },
    ],
  ])('finds what is %s', (_what, changes) => {
    expect(findFlaws({ ...clean, ...changes })).not.toEqual([]);
  });
});
