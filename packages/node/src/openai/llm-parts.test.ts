import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Config, defaultConfig, type LlmCall, type LlmRequest } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { systemClock } from '../context/system-clock.ts';
import type { RecordingOptions } from '../recording/recording-client.ts';
import { startFakeOpenAi } from '../testing/index.ts';
import { createLlmParts } from './llm-parts.ts';

const KEY = 'sk-test-0123456789abcdef';

const request: LlmRequest = {
  model: 'gpt-4o',
  role: 'employee',
  purpose: 'work',
  messages: [{ role: 'user', content: `Put ${KEY} into a page.` }],
  replyFormat: { type: 'text' },
  maxOutputTokens: 900,
  minOutputTokens: 100,
};

const call: LlmCall = {
  stepId: 'step-7',
  attempts: { open: () => Promise.resolve('attempt-1'), close: () => undefined },
  signal: new AbortController().signal,
};

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jarvis-llm-parts-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

function open(llm: Partial<Config['llm']>, recording?: RecordingOptions, apiKey: string | undefined = KEY) {
  const config = { ...defaultConfig, llm: { ...defaultConfig.llm, ...llm } };
  return createLlmParts({ config, apiKey, clock: systemClock, directory, recording });
}

async function startServer() {
  const server = await startFakeOpenAi({
    script: [{ type: 'text', content: `Here is ${KEY}.`, repeat: 'forever' }],
  });
  onTestFinished(() => server.close());
  return server;
}

describe('createLlmParts', () => {
  it('has no client without a key and a server of its own, and leaves servers alone that fail', () => {
    const { llm, replyCache, circuits } = createLlmParts({
      config: defaultConfig,
      apiKey: undefined,
      clock: systemClock,
      directory,
      recording: undefined,
    });

    expect([llm, replyCache]).toEqual([undefined, undefined]);
    expect(circuits).toBeDefined();
  });

  it.each(['memory', 'disk'] as const)('keeps answers in %s when that is wanted', async (cache) => {
    const { replyCache } = open({ cache });
    const reply = { outcome: 'answered', text: 'yes', model: 'gpt-4o', isSimulated: false } as const;

    await replyCache?.write('k', reply);

    expect(await replyCache?.read('k')).toEqual(reply);
    expect(await open({ cache }).replyCache?.read('k')).toEqual(cache === 'disk' ? reply : undefined);
  });

  it('records what a server answers, without the key, and replays it when the server is gone', async () => {
    const server = await startServer();
    const file = join(directory, 'run.jsonl');
    const recorded = open({ baseUrl: server.baseUrl }, { mode: 'record', file });
    const answer = await recorded.llm?.complete(request, call);
    await server.close();

    const replay = open({}, { mode: 'replay', file });
    await replay.probeLlm();
    const replayed = await replay.llm?.complete(request, call);

    expect(answer?.text).toBe(`Here is ${KEY}.`);
    expect(replayed).toEqual({ ...answer, text: 'Here is [redacted: API key].', isReplayed: true });
    expect(readFileSync(file, 'utf8')).not.toContain(KEY);
    expect(server.requests).toHaveLength(1);
  });

  it('asks nobody before the file is known to be a recording', async () => {
    const server = await startServer();
    const file = join(directory, 'notes.md');
    writeFileSync(file, '# Notes\n');
    const { llm } = open({ baseUrl: server.baseUrl }, { mode: 'record', file });

    const asked = llm?.complete(request, call);

    await expect(asked).rejects.toMatchObject({ code: 'JARVIS_LLM_RECORDING_UNREADABLE' });
    expect(server.requests).toHaveLength(0);
  });

  it('finds out that there is nothing to replay before a run is accepted', async () => {
    const { probeLlm } = open({}, { mode: 'replay', file: join(directory, 'none.jsonl') });

    await expect(probeLlm()).rejects.toMatchObject({ code: 'JARVIS_LLM_RECORDING_UNREADABLE' });
  });

  it('records nothing where there is no server to ask', () => {
    const { llm } = createLlmParts({
      config: defaultConfig,
      apiKey: undefined,
      clock: systemClock,
      directory,
      recording: { mode: 'record', file: join(directory, 'run.jsonl') },
    });

    expect(llm).toBeUndefined();
  });
});
