import { describe, expect, it } from 'vitest';

import { callOf, request } from '../../testing/contracts/sample-request.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../../testing/scripted-llm-client.ts';
import type { LlmRequest } from '../llm-client.ts';
import { LlmError } from '../llm-error.ts';
import { RecordedLlmClient } from './recorded-llm-client.ts';
import { encodeExchange, parseRecording, recordingHeader } from './recording.ts';
import { MemoryRecording, type RedactText, withRecording } from './with-recording.ts';

const keep: RedactText = (text) => text;

async function record(
  script: readonly ScriptedReply[],
  asked: readonly LlmRequest[],
  redact = keep,
): Promise<MemoryRecording> {
  const recording = new MemoryRecording();
  const client = withRecording(new ScriptedLlmClient(script), recording, redact);
  for (const one of asked) await client.complete(one, callOf()).catch(() => undefined);
  return recording;
}

const review: LlmRequest = { ...request, role: 'manager', purpose: 'review' };

const reviewOf = (content: string): LlmRequest => ({
  ...review,
  messages: [{ role: 'user', content }],
});

describe('RecordedLlmClient', () => {
  it('answers as the server did, and says that it is a replay', async () => {
    const { exchanges } = await record(['built', 'fine'], [request, reviewOf('Look at it.')]);
    const client = new RecordedLlmClient(exchanges, keep);

    const second = await client.complete(reviewOf('Look at it.'), callOf());
    const first = await client.complete({ ...request, maxOutputTokens: 77 }, callOf());

    expect([first.text, second.text]).toEqual(['built', 'fine']);
    expect(first).toEqual({ ...exchanges[0]?.response, isReplayed: true });
  });

  it('gives answers to the same question in their order, and then the last one again', async () => {
    const { exchanges } = await record(['one', 'two'], [request, request]);
    const client = new RecordedLlmClient(exchanges, keep);

    const answers = [];
    for (let time = 0; time < 3; time += 1) answers.push(await client.complete(request, callOf()));

    expect(answers.map(({ text }) => text)).toEqual(['one', 'two', 'two']);
  });

  it('goes on where the run stands when another process takes the replay up', async () => {
    const places = ['action-1/1', 'action-2/1', 'action-3/1'];
    const recording = new MemoryRecording();
    const server = withRecording(new ScriptedLlmClient(['one', 'two', 'three']), recording, keep);
    for (const place of places) await server.complete(request, callOf({ place }));
    const kept = parseRecording(
      recordingHeader + recording.exchanges.map(encodeExchange).join(''),
      'a.jsonl',
    );

    const before = await new RecordedLlmClient(kept, keep).complete(request, callOf({ place: 'action-1/1' }));
    const resumed = new RecordedLlmClient(kept, keep);
    const after = [
      await resumed.complete(request, callOf({ place: 'action-2/1' })),
      await resumed.complete(request, callOf({ place: 'action-3/1' })),
    ];

    expect([before, ...after].map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('gives the answer the recorded run went on with where it was asked twice, and any where it was not asked', async () => {
    const recording = new MemoryRecording();
    const server = withRecording(new ScriptedLlmClient(['lost', 'kept']), recording, keep);
    await server.complete(request, callOf({ place: 'action-1/1' }));
    await server.complete(request, callOf({ place: 'action-1/1' }));
    const client = new RecordedLlmClient(recording.exchanges, keep);

    const there = await client.complete(request, callOf({ place: 'action-1/1' }));
    const elsewhere = await client.complete(request, callOf({ place: 'action-9/1' }));

    expect([there.text, elsewhere.text]).toEqual(['kept', 'lost']);
  });

  it('shows the nearest recorded question and where the one that was asked differs', async () => {
    const { exchanges } = await record(['a', 'b'], [reviewOf('Look at the page of the bakery.'), request]);
    const client = new RecordedLlmClient(exchanges, keep);

    const asked = client.complete(reviewOf('Look at the page of the butcher.'), callOf());

    await expect(asked).rejects.toMatchObject({
      code: 'JARVIS_LLM_NOT_RECORDED',
      purpose: 'review',
      model: 'gpt-4.1-mini',
      retryable: false,
      nearest: { exchange: 1 },
      message:
        'The recording has no answer to the question "review" of the manager to "gpt-4.1-mini". The nearest is ' +
        'exchange 1, which first differs in messages[0] from character 32: recorded "akery.", asked "utcher.". ' +
        'Replay it with the task, configuration and release it was recorded with, or record the run again.',
    });
  });

  it.each<[string, Partial<LlmRequest>]>([
    ['model', { model: 'gpt-4o' }],
    ['replyFormat', { replyFormat: { type: 'text' } }],
    ['temperature', { temperature: 0.2 }],
    ['messages[2] from character 1', { messages: [...request.messages, { role: 'user', content: 'More.' }] }],
    ['messages[1] from character 1', { messages: request.messages.slice(0, 1) }],
  ])('names %s when that is what differs', async (where, other) => {
    const { exchanges } = await record(['a'], [request]);
    const client = new RecordedLlmClient(exchanges, keep);

    const asked = client.complete({ ...request, ...other }, callOf());

    await expect(asked).rejects.toMatchObject({ nearest: { exchange: 1, difference: { where } } });
  });

  it('says so when nothing was recorded', async () => {
    const client = new RecordedLlmClient([], keep);

    await expect(client.complete(request, callOf())).rejects.toThrow('It is empty.');
  });
});

describe('withRecording', () => {
  it('keeps no secret, and answers the same question all the same', async () => {
    const redact: RedactText = (text) => text.replaceAll('s3cret-value', '[redacted]');
    const asked = reviewOf('The password is s3cret-value.');
    const recording = await record(['I read s3cret-value.'], [asked], redact);

    const kept = recording.exchanges.map(encodeExchange).join('');
    const replayed = await new RecordedLlmClient(recording.exchanges, redact).complete(asked, callOf());

    expect(kept).not.toContain('s3cret-value');
    expect(replayed.text).toBe('I read [redacted].');
  });

  it('keeps no failure', async () => {
    const failure = new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false });

    const { exchanges } = await record([failure, 'yes'], [request, request]);

    expect(exchanges.map(({ response }) => response.text)).toEqual(['yes']);
  });

  it('asks nobody when nothing can be kept', async () => {
    const scripted = new ScriptedLlmClient(['never asked for']);
    const foreign = new Error('that is no recording');
    const sink = { prepare: () => Promise.reject(foreign), append: () => expect.fail('nothing to keep') };

    await expect(withRecording(scripted, sink, keep).complete(request, callOf())).rejects.toBe(foreign);

    expect(scripted.requests).toEqual([]);
  });
});
