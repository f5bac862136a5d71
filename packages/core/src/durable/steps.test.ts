import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { type CrashPoint, noCrashPoint } from '../context/crash-point.ts';
import { emptyHead, openRecords } from '../journal/record-chain.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { RunRecorder } from '../journal/run-recorder.ts';
import type { AttemptLog, AttemptOpening } from '../llm/llm-client.ts';
import { CrashingCrashPoint } from '../testing/crashing-crash-point.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { addAttempt, addFinished, addStarted, type RecordedSteps } from './open-action.ts';
import { stepRecordSchemas } from './step-records.ts';
import { type EffectStep, type LookStep, type ModelStep, Steps } from './steps.ts';

const RUN = 'run-1';
const opening: AttemptOpening = { model: 'm', role: 'employee', reservedNanoUsd: 100, outputLimit: 50 };

/** A run whose process can be ended and started again. */
async function createRun() {
  const journal = new MemoryJournal();
  const readRecords = async () => openRecords(RUN, await journal.read(RUN));

  /** Starts the action in a new process, which knows what the journal knows. */
  const start = async (crashPoint: CrashPoint = noCrashPoint) => {
    await journal.close();
    const head = (await journal.read(RUN)).at(-1) ?? emptyHead(RUN);
    const lease = await journal.acquire(`run:${RUN}`);
    const clock = new FixedClock();
    const recorder = new RunRecorder({ runId: RUN, journal, lease, clock, head, onRecord: () => undefined });
    const recorded = (await readRecords()).reduce(fold, new Map());
    return {
      recorder,
      steps: new Steps({ runId: RUN, actionId: 'action-1', recorder, crashPoint, recorded }),
    };
  };
  return { start, readRecords, readTypes: async () => (await readRecords()).map(({ type }) => type) };
}

function fold(steps: RecordedSteps, { type, data }: { type: string; data: unknown }): RecordedSteps {
  switch (type) {
    case 'step.started':
      return addStarted(steps, stepRecordSchemas['step.started'].parse(data));
    case 'step.finished':
      return addFinished(steps, stepRecordSchemas['step.finished'].parse(data));
    case 'attempt.opened':
      return addAttempt(steps, stepRecordSchemas['attempt.opened'].parse(data));
    default:
      return steps;
  }
}

/** Counts how often it is carried out, and remembers with which intents. */
function createEffect(overrides: Partial<EffectStep<number, string>> = {}) {
  const intents: number[] = [];
  let planned = 0;
  const step: EffectStep<number, string> = {
    name: 'workspace.apply',
    key: { writes: 'abc' },
    intent: z.number(),
    result: z.string(),
    plan: async () => (planned += 1),
    carryOut: async (intent) => {
      intents.push(intent);
      return `done ${String(intent)}`;
    },
    ...overrides,
  };
  return { step, intents, countPlans: () => planned };
}

function createLook(overrides: Partial<LookStep<number>> = {}) {
  let looks = 0;
  const step = {
    name: 'clock.read',
    key: {},
    result: z.number(),
    look: async () => (looks += 1),
    ...overrides,
  };
  return { step, countLooks: () => looks };
}

function createQuestion(ask?: (stepId: string, attempts: AttemptLog) => Promise<string>) {
  const asked: string[] = [];
  const step: ModelStep<string> = {
    name: 'model.work',
    key: { template: 'employee.work@1' },
    result: z.string(),
    ask: async (stepId, attempts) => {
      asked.push(stepId);
      if (ask !== undefined) return ask(stepId, attempts);
      const attemptId = await attempts.open(opening);
      attempts.close(attemptId, { type: 'settled', bookedNanoUsd: 40 });
      return `answer ${String(asked.length)}`;
    },
  };
  return { step, asked };
}

describe('Steps.look', () => {
  it('is recorded without a commit of its own', async () => {
    const { start, readTypes } = await createRun();
    const { steps, recorder } = await start();

    const result = await steps.look(createLook().step);
    const before = await readTypes();
    await recorder.append();

    expect(result).toBe(1);
    expect(before).toEqual([]);
    expect(await readTypes()).toEqual(['step.finished']);
  });

  it('gives back what was seen, without looking again', async () => {
    const { start } = await createRun();
    const first = await start();
    await first.steps.look(createLook().step);
    await first.recorder.append();
    const { step, countLooks } = createLook({ look: async () => expect.fail('it looked again') });

    const { steps } = await start();

    expect(await steps.look(step)).toBe(1);
    expect(countLooks()).toBe(0);
  });

  it('looks again when what it saw was lost', async () => {
    const { start } = await createRun();
    const { step, countLooks } = createLook();
    await (await start()).steps.look(step);

    const { steps } = await start();

    expect(await steps.look(step)).toBe(2);
    expect(countLooks()).toBe(2);
  });

  it('gives at once what a later process will read: no more than the shape, no more than JSON', async () => {
    const { start } = await createRun();
    const { steps, recorder } = await start();
    const step = {
      name: 'files.read',
      key: {},
      result: z.object({ path: z.string(), size: z.number().nullable() }),
      look: async () => ({ path: 'a', size: Number.NaN, secret: 'x' }),
    };

    const first = await steps.look(step);
    await recorder.append();
    const later = await (await start()).steps.look(step);

    expect(first).toStrictEqual({ path: 'a', size: null });
    expect(later).toStrictEqual(first);
  });

  it('does not record what has not the shape it promises', async () => {
    const { start, readTypes } = await createRun();
    const { steps, recorder } = await start();

    await expect(steps.look(createLook({ look: async () => Number.NaN }).step)).rejects.toThrow('number');
    await recorder.append();

    expect(await readTypes()).toEqual([]);
  });
});

describe('Steps.perform', () => {
  it('has the intent on disk before the effect, and the result after it', async () => {
    const { start, readTypes } = await createRun();
    const { steps } = await start();
    let typesDuringEffect: readonly string[] = [];
    const carryOut = async () => {
      typesDuringEffect = await readTypes();
      return 'done';
    };

    await steps.perform(createEffect({ carryOut }).step);

    expect(typesDuringEffect).toEqual(['step.started']);
    expect(await readTypes()).toEqual(['step.started', 'step.finished']);
  });

  it('gives back the recorded result without planning or carrying out again', async () => {
    const { start, readTypes } = await createRun();
    const { step, intents, countPlans } = createEffect();
    await (await start()).steps.perform(step);

    const result = await (await start()).steps.perform(step);

    expect(result).toBe('done 1');
    expect(intents).toEqual([1]);
    expect(countPlans()).toBe(1);
    expect(await readTypes()).toEqual(['step.started', 'step.finished']);
  });

  it('carries out again, with the recorded intent, what was started and not finished', async () => {
    const { start, readTypes } = await createRun();
    const { step, intents, countPlans } = createEffect();
    const dying = createEffect({
      plan: async () => 7,
      carryOut: async () => {
        throw new Error('the process was killed');
      },
    });
    await expect((await start()).steps.perform(dying.step)).rejects.toThrow('killed');

    const result = await (await start()).steps.perform(step);

    expect(result).toBe('done 7');
    expect(intents).toEqual([7]);
    expect(countPlans()).toBe(0);
    expect(await readTypes()).toEqual(['step.started', 'step.started', 'step.finished']);
  });

  it('plans anew when the process died before the intent was on disk', async () => {
    const { start } = await createRun();
    const { step, intents } = createEffect();
    const dying = createEffect({
      plan: async () => {
        throw new Error('the process was killed');
      },
    });
    await expect((await start()).steps.perform(dying.step)).rejects.toThrow('killed');

    await (await start()).steps.perform(step);

    expect(intents).toEqual([1]);
  });

  it('hands the effect exactly what is recorded', async () => {
    const { start } = await createRun();
    const { steps } = await start();
    const handed: unknown[] = [];

    await steps.perform({
      name: 'x',
      key: {},
      intent: z.object({ a: z.number() }),
      result: z.null(),
      plan: async () => ({ a: 1, b: 2 }),
      carryOut: async (intent) => {
        handed.push(intent);
        return null;
      },
    });

    expect(handed).toStrictEqual([{ a: 1 }]);
  });

  it('names steps by run, action and place, the same in every process', async () => {
    const { start, readRecords } = await createRun();
    const { steps } = await start();

    await steps.perform(createEffect().step);
    await steps.perform(createEffect({ name: 'git.commit' }).step);

    const facts = (await readRecords()).map(({ data }) =>
      stepRecordSchemas['step.finished'].partial().parse(data),
    );
    expect(facts.map(({ ordinal }) => ordinal)).toEqual([1, 1, 2, 2]);
    expect(new Set(facts.map(({ stepId }) => stepId)).size).toBe(2);
    expect(facts[0]?.stepId).toBe('1c0e43916e3bd359d4b7c84efdcc1f4c');
  });
});

describe('Steps.ask', () => {
  it('commits twice for one attempt: the reservation before the call, the answer with the settlement', async () => {
    const { start, readTypes } = await createRun();
    const { steps } = await start();
    const onDisk: (readonly string[])[] = [];
    const { step } = createQuestion(async (_stepId, attempts) => {
      const attemptId = await attempts.open(opening);
      onDisk.push(await readTypes());
      attempts.close(attemptId, { type: 'settled', bookedNanoUsd: 40 });
      onDisk.push(await readTypes());
      return 'yes';
    });

    await steps.ask(step);

    expect(onDisk[0]).toEqual(['step.started', 'attempt.opened']);
    expect(onDisk[1]).toEqual(onDisk[0]);
    expect(await readTypes()).toEqual(['step.started', 'attempt.opened', 'attempt.closed', 'step.finished']);
  });

  it('puts a failed attempt on disk together with the next one', async () => {
    const { start, readTypes } = await createRun();
    const { steps } = await start();
    const { step } = createQuestion(async (_stepId, attempts) => {
      const first = await attempts.open(opening);
      attempts.close(first, { type: 'failed', bookedNanoUsd: 100, reason: 'timed_out' });
      const second = await attempts.open(opening);
      attempts.close(second, { type: 'settled', bookedNanoUsd: 1 });
      return 'yes';
    });

    await steps.ask(step);

    expect(await readTypes()).toEqual([
      'step.started',
      'attempt.opened',
      'attempt.closed',
      'attempt.opened',
      'attempt.closed',
      'step.finished',
    ]);
  });

  it('gives back the recorded answer without asking', async () => {
    const { start, readTypes } = await createRun();
    const { step, asked } = createQuestion();
    await (await start()).steps.ask(step);

    const answer = await (await start()).steps.ask(step);

    expect(answer).toBe('answer 1');
    expect(asked).toHaveLength(1);
    expect(await readTypes()).toHaveLength(4);
  });

  it.each([{ place: 'model.reserved' }, { place: 'model.answered' }] as const)(
    'asks again, as the same step, after a crash at $place',
    async ({ place }) => {
      const { start, readRecords } = await createRun();
      const { step, asked } = createQuestion();
      await expect((await start(new CrashingCrashPoint({ place }))).steps.ask(step)).rejects.toThrow(
        'Simulated crash',
      );

      await (await start()).steps.ask(step);

      expect(new Set(asked).size).toBe(1);
      const opened = (await readRecords()).filter(({ type }) => type === 'attempt.opened');
      expect(opened.map(({ data }) => stepRecordSchemas['attempt.opened'].parse(data).number)).toEqual([
        1, 2,
      ]);
    },
  );

  it('has spent nothing when the process dies before the reservation', async () => {
    const { start, readTypes } = await createRun();
    const { step, asked } = createQuestion();
    const dying = await start(new CrashingCrashPoint({ place: 'model.before-reservation' }));
    await expect(dying.steps.ask(step)).rejects.toThrow('Simulated crash');
    const before = await readTypes();

    await (await start()).steps.ask(step);

    expect(before).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('has the answer on disk when the process dies after it was settled', async () => {
    const { start } = await createRun();
    const { step, asked } = createQuestion();
    const dying = await start(new CrashingCrashPoint({ place: 'model.settled' }));
    await expect(dying.steps.ask(step)).rejects.toThrow('Simulated crash');

    await (await start()).steps.ask(step);

    expect(asked).toHaveLength(1);
  });

  it('continues the numbers of the attempts, so that no id is given twice', async () => {
    const { start, readRecords } = await createRun();
    const failing = createQuestion(async (_stepId, attempts) => {
      for (let count = 0; count < 2; count += 1) {
        attempts.close(await attempts.open(opening), {
          type: 'failed',
          bookedNanoUsd: 0,
          reason: 'rate_limited',
        });
      }
      await attempts.open(opening);
      throw new Error('the process was killed');
    });
    await expect((await start()).steps.ask(failing.step)).rejects.toThrow('killed');

    await (await start()).steps.ask(createQuestion().step);

    const opened = (await readRecords())
      .filter(({ type }) => type === 'attempt.opened')
      .map(({ data }) => stepRecordSchemas['attempt.opened'].parse(data));
    expect(opened.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(new Set(opened.map(({ attemptId }) => attemptId)).size).toBe(4);
  });

  it('notes the end of an attempt once, and of an unknown one never', async () => {
    const { start, readTypes } = await createRun();
    const { steps } = await start();
    const { step } = createQuestion(async (_stepId, attempts) => {
      const attemptId = await attempts.open(opening);
      attempts.close(attemptId, { type: 'settled', bookedNanoUsd: 1 });
      attempts.close(attemptId, { type: 'settled', bookedNanoUsd: 1 });
      attempts.close('nobody.1', { type: 'settled', bookedNanoUsd: 1 });
      return 'yes';
    });

    await steps.ask(step);

    expect((await readTypes()).filter((type) => type === 'attempt.closed')).toHaveLength(1);
  });
});

describe('Steps, on resume', () => {
  it.each([
    { what: 'another name', asked: { name: 'git.commit', key: { writes: 'abc' } } },
    { what: 'another value in the key', asked: { name: 'workspace.apply', key: { writes: 'xyz' } } },
    { what: 'one part less in the key', asked: { name: 'workspace.apply', key: {} } },
    {
      what: 'one part more in the key',
      asked: { name: 'workspace.apply', key: { writes: 'abc', more: '1' } },
    },
    { what: 'another part in the key', asked: { name: 'workspace.apply', key: { files: 'abc' } } },
  ])('stops before any effect when $what is asked for, and shows both', async ({ asked }) => {
    const { start, readTypes } = await createRun();
    await (await start()).steps.perform(createEffect().step);
    const { step, intents } = createEffect(asked);
    const { steps } = await start();

    const diverged = steps.perform(step);

    await expect(diverged).rejects.toMatchObject({
      code: 'JARVIS_REPLAY_DIVERGED',
      recorded: { name: 'workspace.apply', key: { writes: 'abc' } },
      asked,
    });
    await expect(diverged).rejects.toThrow('"workspace.apply" {"writes":"abc"}');
    await expect(diverged).rejects.toThrow(`"${asked.name}" ${JSON.stringify(asked.key)}`);
    expect(intents).toEqual([]);
    expect(await readTypes()).toHaveLength(2);
  });

  it('takes the parts of a key in any order for the same key', async () => {
    const { start } = await createRun();
    await (await start()).steps.perform(createEffect({ key: { a: '1', b: '2' } }).step);

    const result = await (await start()).steps.perform(createEffect({ key: { b: '2', a: '1' } }).step);

    expect(result).toBe('done 1');
  });

  it('stops also for looks and questions', async () => {
    const { start } = await createRun();
    await (await start()).steps.perform(createEffect().step);

    await expect((await start()).steps.look(createLook().step)).rejects.toMatchObject({
      code: 'JARVIS_REPLAY_DIVERGED',
    });
    await expect((await start()).steps.ask(createQuestion().step)).rejects.toMatchObject({
      code: 'JARVIS_REPLAY_DIVERGED',
    });
  });

  it('does not carry the recorded result into the error', async () => {
    const { start } = await createRun();
    await (await start()).steps.perform(createEffect().step);

    const diverged = (await start()).steps.perform(createEffect({ name: 'other' }).step);

    await expect(diverged).rejects.toHaveProperty('recorded', {
      name: 'workspace.apply',
      key: { writes: 'abc' },
    });
  });

  it('replays what is finished and goes on with the rest, from any point on', async () => {
    const { start, readTypes } = await createRun();
    const effects = ['a', 'b', 'c'].map((name) => createEffect({ name }));
    const dying = createEffect({
      name: 'c',
      carryOut: async () => {
        throw new Error('the process was killed');
      },
    });
    const first = await start();
    for (const { step } of effects.slice(0, 2)) await first.steps.perform(step);
    await expect(first.steps.perform(dying.step)).rejects.toThrow('killed');

    const { steps } = await start();
    for (const { step } of effects) await steps.perform(step);

    expect(effects.map(({ intents }) => intents.length)).toEqual([1, 1, 1]);
    expect((await readTypes()).filter((type) => type === 'step.finished')).toHaveLength(3);
  });
});
