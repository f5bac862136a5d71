import { describe, expect, it } from 'vitest';

import { noCrashPoint } from '../context/crash-point.ts';
import { addFinished, type RecordedSteps } from '../durable/open-action.ts';
import { stepRecordSchemas } from '../durable/step-records.ts';
import { Steps } from '../durable/steps.ts';
import { emptyHead } from '../journal/record-chain.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { RunRecorder } from '../journal/run-recorder.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { request } from '../testing/contracts/sample-request.ts';
import { ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import type { LlmCall, LlmClient } from './llm-client.ts';
import { withJournal } from './with-journal.ts';

async function open(client: LlmClient, recorded: RecordedSteps = new Map()) {
  const journal = new MemoryJournal();
  const lease = await journal.acquire('run:run-1');
  let finished: RecordedSteps = new Map();
  const recorder = new RunRecorder({
    runId: 'run-1',
    journal,
    lease,
    clock: new FixedClock(),
    head: emptyHead('run-1'),
    onRecord: ({ type, data }) => {
      if (type === 'step.finished') finished = addFinished(finished, stepRecordSchemas[type].parse(data));
    },
  });
  const steps = new Steps({
    runId: 'run-1',
    actionId: 'action-1',
    recorder,
    crashPoint: noCrashPoint,
    recorded,
  });
  return { ask: withJournal(client, steps, new AbortController().signal), finished: () => finished };
}

describe('withJournal', () => {
  it('gives back the answer that is on record and does not ask again', async () => {
    const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 2 };
    const first = await open(new ScriptedLlmClient([{ text: 'yes', usage, outcome: 'truncated' }]));
    const answer = await first.ask(request, { template: 'a@1' });

    const second = await open(new ScriptedLlmClient([]), first.finished());
    const again = await second.ask(request, { template: 'a@1' });

    expect(answer).toEqual({
      outcome: 'truncated',
      text: 'yes',
      model: 'gpt-4.1-mini',
      usage,
      isSimulated: false,
    });
    expect(again).toStrictEqual(answer);
  });

  it('names the step after what is asked for, and hands on its id and its place', async () => {
    const calls: LlmCall[] = [];
    const { ask, finished } = await open(
      new ScriptedLlmClient((_request, call) => {
        calls.push(call);
        return 'yes';
      }),
    );

    await ask(request, { template: 'a@1' });

    expect(finished().get(1)).toMatchObject({ name: 'model.work', key: { template: 'a@1' } });
    expect(calls[0]).toMatchObject({ stepId: finished().get(1)?.stepId, place: 'action-1/1' });
  });

  it('makes a new step for each question', async () => {
    const { ask } = await open(new ScriptedLlmClient(['one', 'two']));

    const answers = [await ask(request, {}), await ask(request, { repair: '1' })];

    expect(answers.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'F41: takes a usage of %d for none, so that the record can be read again',
    async (outputTokens) => {
      const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens };
      const first = await open(new ScriptedLlmClient([{ text: 'yes', usage }]));

      const answer = await first.ask(request, {});
      const again = await (await open(new ScriptedLlmClient([]), first.finished())).ask(request, {});

      expect(answer).not.toHaveProperty('usage');
      expect(again).toStrictEqual(answer);
    },
  );

  it('records no answer when there is none', async () => {
    const failure = new Error('broken');
    const { ask, finished } = await open(new ScriptedLlmClient([failure]));

    await expect(ask(request, {})).rejects.toBe(failure);

    expect(finished().size).toBe(0);
  });
});
