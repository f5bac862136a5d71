import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { noCrashPoint } from '../context/crash-point.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { emptyHead, openRecords } from '../journal/record-chain.ts';
import { RunRecorder } from '../journal/run-recorder.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { attemptIdOf } from './open-action.ts';
import { stepIdOf } from './repeated-facts.ts';
import { Steps } from './steps.ts';

const RUN = 'run-1';
const opening = { model: 'm', role: 'employee', reservedNanoUsd: 9, outputLimit: 5 } as const;

interface Draft {
  readonly type: string;
  readonly data: unknown;
}

/** Records the drafts in as many processes as there are lists; gives what was told, and what is stored. */
async function record(processes: readonly (readonly Draft[])[]) {
  const journal = new MemoryJournal();
  const lease = await journal.acquire(`run:${RUN}`);
  const told: unknown[] = [];
  for (const drafts of processes) {
    const head = (await journal.read(RUN)).at(-1) ?? emptyHead(RUN);
    const onRecord = ({ type, data }: Draft) => told.push({ type, data });
    const recorder = new RunRecorder({ runId: RUN, journal, lease, clock: new FixedClock(), head, onRecord });
    await recorder.append(...drafts);
  }
  const sealed = await journal.read(RUN);
  const read = openRecords(RUN, sealed).map(({ type, data }): Draft => ({ type, data }));
  return { told, read, bodies: sealed.map(({ body }) => JSON.parse(body) as readonly unknown[]) };
}

/** The step at a place as its records name it; a name for another step may differ in anything. */
function factsOf(ordinal: number, key: Readonly<Record<string, string>> = { a: '1', b: '2' }) {
  const stepId = stepIdOf(RUN, 'action-1', ordinal);
  return { actionId: 'action-1', stepId, ordinal, name: 'model.work', key };
}

function started(ordinal: number): Draft {
  return { type: 'step.started', data: { ...factsOf(ordinal), intent: null } };
}

function opened(ordinal: number, number: number): Draft {
  const { stepId } = factsOf(ordinal);
  return {
    type: 'attempt.opened',
    data: { attemptId: attemptIdOf(stepId, number), stepId, number, ...opening },
  };
}

function closed(ordinal: number, number: number): Draft {
  const { stepId } = factsOf(ordinal);
  const { model, role } = opening;
  const ending = { type: 'settled', bookedNanoUsd: 3 };
  return {
    type: 'attempt.closed',
    data: { attemptId: attemptIdOf(stepId, number), stepId, model, role, ending },
  };
}

function finished(ordinal: number): Draft {
  return { type: 'step.finished', data: { ...factsOf(ordinal), result: 'done' } };
}

describe('the stored records of a step', () => {
  it('name what they share once', async () => {
    const drafts = [started(1), opened(1, 1), closed(1, 1), finished(1)];

    const { bodies, read } = await record([drafts]);

    expect(bodies.map(([type, , , data]) => [type, data])).toEqual([
      ['step.started', { actionId: 'action-1', ordinal: 1, name: 'model.work', key: { a: '1', b: '2' } }],
      ['attempt.opened', { number: 1, ...opening }],
      ['attempt.closed', { ending: { type: 'settled', bookedNanoUsd: 3 } }],
      ['step.finished', { result: 'done' }],
    ]);
    expect(read).toEqual(drafts);
  });

  it('are told and read back as they are by a step itself', async () => {
    const journal = new MemoryJournal();
    const lease = await journal.acquire(`run:${RUN}`);
    const told: Draft[] = [];
    const recorder = new RunRecorder({
      runId: RUN,
      journal,
      lease,
      clock: new FixedClock(),
      head: emptyHead(RUN),
      onRecord: ({ type, data }) => told.push({ type, data }),
    });
    const place = { runId: RUN, actionId: 'action-1', recorder, crashPoint: noCrashPoint };
    const steps = new Steps({ ...place, recorded: new Map() });

    await steps.look({ name: 'look', key: {}, result: z.string(), look: async () => 'seen' });
    await steps.ask({
      name: 'model.work',
      key: { a: '1', b: '2' },
      result: z.string(),
      ask: async (_, attempts) => {
        attempts.close(await attempts.open(opening), { type: 'settled', bookedNanoUsd: 3 });
        return 'done';
      },
    });

    expect(told.slice(1)).toEqual([started(2), opened(2, 1), closed(2, 1), finished(2)]);
    expect(openRecords(RUN, await journal.read(RUN)).map(({ type, data }) => ({ type, data }))).toEqual(told);
  });

  it.each([
    ['an attempt of another step', [started(1), opened(2, 1), closed(2, 1)]],
    ['an attempt nobody opened', [started(1), closed(1, 1)]],
    ['an attempt before the last', [started(1), opened(1, 1), opened(1, 2), closed(1, 1)]],
    ['a result without a start', [finished(1)]],
    ['a second result', [started(1), finished(1), finished(1)]],
    [
      'another key',
      [started(1), { type: 'step.finished', data: { ...factsOf(1, { b: '2', a: '1' }), result: 0 } }],
    ],
    ['another intent', [{ type: 'step.started', data: { ...factsOf(1), intent: 0 } }]],
    ['no intent', [{ type: 'step.started', data: factsOf(1) }]],
    ['a stranger to its type', [started(1), { type: 'step.finished', data: 'text' }]],
    ['facts that are missing', [started(1), { type: 'step.finished', data: { ordinal: 1 } }]],
    ['facts of another type', [started(1), { type: 'attempt.opened', data: { number: 'x' } }]],
  ])('give %s back as it was', async (_, drafts) => {
    const { read, told } = await record([drafts]);

    expect(read).toStrictEqual(drafts);
    expect(told).toStrictEqual(drafts);
  });

  it('are read as they were told, whatever was recorded by however many processes', async () => {
    const small = fc.integer({ min: 1, max: 2 });
    const { actionId, stepId, name, key } = factsOf(1);
    const anyFacts = fc.record(
      {
        actionId: fc.constant(actionId),
        stepId: fc.constant(stepId),
        ordinal: small,
        name: fc.constant(name),
        key: fc.constantFrom(key, {}),
        number: small,
        intent: fc.constantFrom(null, 1),
        attemptId: fc.constant(attemptIdOf(stepId, 1)),
        ...Object.fromEntries(Object.entries(opening).map(([each, value]) => [each, fc.constant(value)])),
      },
      { requiredKeys: [] },
    );
    const draft = fc.oneof(
      small.map(started),
      fc.tuple(small, small).map(([ordinal, number]) => opened(ordinal, number)),
      fc.tuple(small, small).map(([ordinal, number]) => closed(ordinal, number)),
      small.map(finished),
      fc.record({
        type: fc.constantFrom('step.started', 'step.finished', 'attempt.opened', 'attempt.closed', 'x'),
        data: anyFacts,
      }),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(draft, { maxLength: 8 }), { maxLength: 3 }), async (processes) => {
        const { read, told } = await record(processes);

        expect(read).toEqual(processes.flat());
        expect(told).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});
