import type { LlmClient, LlmRequest } from '../llm-client.ts';
import type { RecordedExchange, RecordingSink } from './recording.ts';

/** Takes out of a text what must not be kept. */
export type RedactText = (text: string) => string;

/**
 * Keeps every question that was answered, with its answer, for `RecordedLlmClient`. It goes directly around the
 * client of a server; failures are not kept. An answer that cannot be kept is an error, and is paid for.
 *
 * `redact` is applied to every text that is kept. The key is in none of them, as it is not part of a request.
 */
export function withRecording(client: LlmClient, sink: RecordingSink, redact: RedactText): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      await sink.prepare();
      const response = await client.complete(request, call);
      const kept = { ...response, text: redact(response.text) };
      const place = call.place === undefined ? {} : { place: call.place };
      await sink.append({ request: redactRequest(request, redact), response: kept, ...place });
      return response;
    },
  };
}

/** A request as it is recorded; one that is looked up is put into the same form. */
export function redactRequest(request: LlmRequest, redact: RedactText): LlmRequest {
  const messages = request.messages.map(({ role, content }) => ({ role, content: redact(content) }));
  return { ...request, messages };
}

/** A recording in memory, to be replayed in the same process. */
export class MemoryRecording implements RecordingSink {
  readonly #exchanges: RecordedExchange[] = [];

  /** Everything recorded so far, in the order in which it was answered. */
  get exchanges(): readonly RecordedExchange[] {
    return [...this.#exchanges];
  }

  async prepare(): Promise<void> {
    // Memory is always ready.
  }

  async append(exchange: RecordedExchange): Promise<void> {
    this.#exchanges.push(exchange);
  }
}
