import { type LlmClient, RecordedLlmClient, type RedactText, withRecording } from '@jarvis/core';

import { openRecordingFile, readRecordingFile } from './recording-file.ts';

/** Whether model calls are kept in a file, or answered out of one. */
export interface RecordingOptions {
  /** `record` asks the server and keeps the answers; `replay` asks nobody. */
  readonly mode: 'record' | 'replay';
  readonly file: string;
}

/** Puts the recording between a run and the client of its server, which is not needed when it is replayed. */
export function createRecordingClient(
  { mode, file }: RecordingOptions,
  server: LlmClient | undefined,
  redact: RedactText,
): LlmClient | undefined {
  switch (mode) {
    case 'record':
      return server === undefined ? undefined : withRecording(server, openRecordingFile(file), redact);
    case 'replay':
      return replayFile(file, redact);
  }
}

/** The file is read when the first question is asked: nothing is opened for a context that starts no run. */
function replayFile(file: string, redact: RedactText): LlmClient {
  let opened: Promise<RecordedLlmClient> | undefined;
  const open = async () => new RecordedLlmClient(await readRecordingFile(file), redact);
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const client = await (opened ??= open());
      return client.complete(request, call);
    },
  };
}
