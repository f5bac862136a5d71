import { describe, expect, it } from 'vitest';

import { callOf, request } from '../testing/contracts/sample-request.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { Circuits } from './circuit.ts';
import type { LlmClient } from './llm-client.ts';
import { LlmError, type LlmErrorReason } from './llm-error.ts';
import { withCircuit } from './with-circuit.ts';

const failure = (reason: LlmErrorReason) =>
  new LlmError({ reason, seen: 'HTTP 500', status: 500, mayBeCharged: true });

const down = failure('provider_error');

function open(script: readonly (ScriptedReply | (() => Promise<string>))[]) {
  const clock = new FixedClock({ nowMs: Date.UTC(2026, 10, 22, 14, 4, 30) });
  const scripted = new ScriptedLlmClient(script);
  const circuits = new Circuits(clock);
  const client = withCircuit(scripted, circuits.of(scripted), clock);
  return { clock, scripted, circuits, client, ask: () => client.complete(request, callOf()) };
}

async function failTimes(ask: () => Promise<unknown>, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await expect(ask()).rejects.toBeInstanceOf(LlmError);
}

describe('withCircuit', () => {
  it('leaves one model alone and goes on asking another of the same server', async () => {
    const scripted = new ScriptedLlmClient(({ model }) => (model === 'dead' ? down : 'yes'));
    const clock = new FixedClock();
    const client = withCircuit(scripted, new Circuits(clock).of(scripted), clock);
    await failTimes(() => client.complete({ ...request, model: 'dead' }, callOf()), 7);

    const response = await client.complete({ ...request, model: 'alive' }, callOf());

    expect(response.text).toBe('yes');
    expect(scripted.requests.filter(({ model }) => model === 'dead')).toHaveLength(5);
  });

  it('F34: fails at once after five failures in a row, with their reason and the time, and sends nothing', async () => {
    const { ask, scripted } = open([down, down, down, down, down, 'never asked for']);
    await failTimes(ask, 5);

    const asked = ask();

    await expect(asked).rejects.toMatchObject({
      code: 'JARVIS_LLM_PROVIDER_ERROR',
      status: 500,
      retryable: true,
      retryAfterMs: 30_000,
      mayBeCharged: false,
      cause: down,
      message:
        'The model server gave no answer: it was not asked, because 5 exchanges in a row have failed ' +
        '(provider_error). It may be asked again after 14:05:00 UTC, in 30 s. Resume the run later, or check ' +
        'that the base URL is a model server.',
    });
    expect(scripted.requests).toHaveLength(5);
  });

  it('lets a single one through after the rest, and all of them once it has succeeded', async () => {
    let answer: (text: string) => void = () => undefined;
    const probed = new Promise<string>((resolve) => (answer = resolve));
    const { ask, clock, scripted } = open([down, down, down, down, down, () => probed, 'two', 'three']);
    await failTimes(ask, 5);
    await clock.advance(30_000);

    const probe = ask();
    await failTimes(ask, 1);
    answer('one');
    const answers = [await probe, await ask(), await ask()];

    expect(answers.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(scripted.requests).toHaveLength(8);
  });

  it('rests again when the one that was let through fails', async () => {
    const { ask, clock, scripted } = open([down, down, down, down, down, down, 'yes']);
    await failTimes(ask, 5);
    await clock.advance(30_000);
    await failTimes(ask, 1);
    await clock.advance(29_999);

    await failTimes(ask, 1);
    await clock.advance(1);
    const response = await ask();

    expect(response.text).toBe('yes');
    expect(scripted.requests).toHaveLength(7);
  });

  it('counts only failures in a row', async () => {
    const { ask } = open([down, down, down, down, 'yes', down, down, down, down, 'yes']);
    await failTimes(ask, 4);
    await ask();
    await failTimes(ask, 4);

    await expect(ask()).resolves.toMatchObject({ text: 'yes' });
  });

  it.each(['rate_limited', 'unauthorized', 'bad_request', 'model_not_found', 'quota_exhausted'] as const)(
    'does not take a server for down that says %s',
    async (reason) => {
      const { ask, scripted } = open([...Array.from({ length: 9 }, () => failure(reason)), 'yes']);
      await failTimes(ask, 9);

      await ask();

      expect(scripted.requests).toHaveLength(10);
    },
  );

  it('learns nothing from a call that was ended from this side, and lets the next one through', async () => {
    const interrupted = new Error('the user said stop');
    const { ask, clock } = open([down, down, down, down, down, interrupted, 'yes']);
    await failTimes(ask, 5);
    await clock.advance(30_000);
    await expect(ask()).rejects.toBe(interrupted);

    await expect(ask()).resolves.toMatchObject({ text: 'yes' });
  });

  it('does not depend on the wall clock', async () => {
    const { ask, clock, scripted } = open([down, down, down, down, down, 'never asked for']);
    await failTimes(ask, 5);
    clock.setWallClock(Date.UTC(2030, 0, 1));

    await failTimes(ask, 1);

    expect(scripted.requests).toHaveLength(5);
  });

  it('F34: leaves other servers and other contexts alone', async () => {
    const { ask, circuits, clock, scripted } = open([down, down, down, down, down, 'yes']);
    const other: LlmClient = new ScriptedLlmClient(['yes of another server']);
    await failTimes(ask, 5);

    const elsewhere = await withCircuit(other, circuits.of(other), clock).complete(request, callOf());
    const ofAnotherContext = new Circuits(clock).of(scripted);
    const response = await withCircuit(scripted, ofAnotherContext, clock).complete(request, callOf());

    expect(elsewhere.text).toBe('yes of another server');
    expect(response.text).toBe('yes');
  });
});
