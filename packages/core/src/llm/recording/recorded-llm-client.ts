import type { LlmCall, LlmClient, LlmRequest, LlmResponse } from '../llm-client.ts';
import { requestKey } from '../request-key.ts';
import { findDifference } from './find-difference.ts';
import type { RecordedExchange } from './recording.ts';
import { type NearestRecorded, NotRecordedError } from './recording-errors.ts';
import { redactRequest, type RedactText } from './with-recording.ts';

/**
 * Answers out of a recording and asks nobody: a run that was recorded once is replayed offline. Of several answers to
 * the same question it is the one that was given at the same place of the run, whichever process asks; where none was,
 * they come in the order in which they were recorded, and the last one again from then on. Each is marked
 * `isReplayed`; its usage is the recorded one, so that the costs of the recorded run are shown again.
 */
export class RecordedLlmClient implements LlmClient {
  readonly #exchanges: readonly RecordedExchange[];
  readonly #answers = new Map<string, RecordedExchange[]>();
  readonly #redact: RedactText;

  /** `redact` is the one the recording was made with. */
  constructor(exchanges: readonly RecordedExchange[], redact: RedactText) {
    this.#exchanges = exchanges;
    this.#redact = redact;
    for (const exchange of exchanges) {
      const key = requestKey(exchange.request);
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), exchange]);
    }
  }

  /** @throws {@link NotRecordedError} when the question was not asked in the recorded run. */
  async complete(
    request: LlmRequest,
    { signal, place }: Pick<LlmCall, 'signal' | 'place'>,
  ): Promise<LlmResponse> {
    signal.throwIfAborted();
    const asked = redactRequest(request, this.#redact);
    const answers = this.#answers.get(requestKey(asked)) ?? [];
    const exchange = findAtPlace(answers, place) ?? (answers.length > 1 ? answers.shift() : answers[0]);
    if (exchange === undefined) {
      throw new NotRecordedError({ request, nearest: findNearest(this.#exchanges, asked) });
    }
    return { ...exchange.response, isReplayed: true };
  }
}

/** Asked again after a crash, it is the last answer the recorded run went on with. */
function findAtPlace(
  answers: readonly RecordedExchange[],
  place: string | undefined,
): RecordedExchange | undefined {
  return place === undefined ? undefined : answers.findLast((answer) => answer.place === place);
}

function findNearest(exchanges: readonly RecordedExchange[], asked: LlmRequest): NearestRecorded | undefined {
  const ranked = exchanges
    .map(({ request }, index) => ({ exchange: index + 1, difference: findDifference(request, asked) }))
    .sort((a, b) => b.difference.likeness - a.difference.likeness);
  return ranked[0];
}
