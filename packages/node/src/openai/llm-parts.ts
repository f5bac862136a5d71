import { join } from 'node:path';

import {
  Circuits,
  type Clock,
  type Config,
  type LlmClient,
  MemoryReplyCache,
  type ReplyCache,
  type RunContext,
} from '@jarvis/core';

import { createSecretRedactor } from '../secrets/secret-redactor.ts';
import { createRecordingClient, type RecordingOptions } from '../recording/recording-client.ts';
import { proveRecordingFile, readRecordingFile } from '../recording/recording-file.ts';
import { createFileReplyCache } from '../replies/file-reply-cache.ts';
import { OPENAI_BASE_URL } from './base-url.ts';
import { createOpenAiLlmClient } from './openai-llm-client.ts';
import { probeServer } from './probe-server.ts';

/** What the parts are made of. */
export interface LlmPartsOptions {
  readonly config: Config;
  readonly apiKey: string | undefined;
  readonly clock: Clock;
  /** Where the project's runs are kept. */
  readonly directory: string;
  readonly recording: RecordingOptions | undefined;
}

/** The parts of a run context that a model call goes through. */
export type LlmParts = Pick<RunContext, 'llm' | 'probeLlm' | 'circuits' | 'replyCache'>;

/** Everything between a run and its model server, as the configuration wants it. */
export function createLlmParts(options: LlmPartsOptions): LlmParts {
  const { config, apiKey, clock, recording } = options;
  const llm = withRecordingIn(recording, createServerClient(config, apiKey), apiKey);
  const replyCache = createReplyCache(options);
  return {
    ...(llm === undefined ? {} : { llm }),
    ...(replyCache === undefined ? {} : { replyCache }),
    probeLlm: () => probe(config, recording),
    circuits: new Circuits(clock),
  };
}

/** A client where a key or a server of one's own is configured; many servers of one's own ask for no key. */
function createServerClient({ llm: { baseUrl } }: Config, apiKey: string | undefined): LlmClient | undefined {
  if (apiKey === undefined && baseUrl === undefined) return undefined;
  return createOpenAiLlmClient({ apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) });
}

function withRecordingIn(
  recording: RecordingOptions | undefined,
  server: LlmClient | undefined,
  apiKey: string | undefined,
): LlmClient | undefined {
  if (recording === undefined) return server;
  return createRecordingClient(recording, server, createSecretRedactor(apiKey === undefined ? [] : [apiKey]));
}

/** A replay needs no server, but something to replay. */
async function probe({ llm }: Config, recording: RecordingOptions | undefined): Promise<void> {
  if (recording?.mode === 'replay') {
    await readRecordingFile(recording.file);
    return;
  }
  if (recording !== undefined) await proveRecordingFile(recording.file);
  await probeServer(llm.baseUrl ?? OPENAI_BASE_URL, new AbortController().signal);
}

function createReplyCache({ config: { llm }, directory }: LlmPartsOptions): ReplyCache | undefined {
  switch (llm.cache) {
    case 'off':
      return undefined;
    case 'memory':
      return new MemoryReplyCache();
    case 'disk':
      return createFileReplyCache({
        directory: join(directory, 'replies'),
        server: llm.baseUrl ?? OPENAI_BASE_URL,
      });
  }
}
