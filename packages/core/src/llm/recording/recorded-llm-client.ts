import type { LlmCall, LlmClient, LlmRequest, LlmResponse } from '../llm-client.ts';
import { requestKey } from '../request-key.ts';
import { findDifference } from './find-difference.ts';
import type { RecordedExchange } from './recording.ts';
import { type NearestRecorded, NotRecordedError } from './recording-errors.ts';
import { redactRequest, type RedactText } from './with-recording.ts';

/**
 * Answers out of a recording and asks nobody: a run that was recorded once is replayed offline. Answers to the same
 * question come in the order in which they were recorded, and the last one again from then on. Each is marked
 * `isReplayed`; its usage is the recorded one, so that the costs of the recorded run are shown again.
 */
export class RecordedLlmClient implements LlmClient {
  readonly #exchanges: readonly RecordedExchange[];
  readonly #answers = new Map<string, LlmResponse[]>();
  readonly #redact: RedactText;

  /** `redact` is the one the recording was made with. */
  constructor(exchanges: readonly RecordedExchange[], redact: RedactText) {
    this.#exchanges = exchanges;
    this.#redact = redact;
    for (const { request, response } of exchanges) {
      const key = requestKey(request);
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), response]);
    }
  }

  /** @throws {@link NotRecordedError} when the question was not asked in the recorded run. */
  async complete(request: LlmRequest, { signal }: Pick<LlmCall, 'signal'>): Promise<LlmResponse> {
    signal.throwIfAborted();
    const asked = redactRequest(request, this.#redact);
    const answers = this.#answers.get(requestKey(asked)) ?? [];
    const response = answers.length > 1 ? answers.shift() : answers[0];
    if (response === undefined) {
      throw new NotRecordedError({ request, nearest: findNearest(this.#exchanges, asked) });
    }
    return { ...response, isReplayed: true };
  }
}

function findNearest(exchanges: readonly RecordedExchange[], asked: LlmRequest): NearestRecorded | undefined {
  const ranked = exchanges
    .map(({ request }, index) => ({ exchange: index + 1, difference: findDifference(request, asked) }))
    .sort((a, b) => b.difference.likeness - a.difference.likeness);
  return ranked[0];
}
