import { byteTokenCounter } from '../cost/token-counter.ts';
import type { LlmCall, LlmClient, LlmRequest, LlmResponse } from './llm-client.ts';

/** The model name simulated requests carry. Its price is zero. */
export const SIMULATION_MODEL = 'simulation';

/** A model in a function: the same request always gets the same answer. */
export type SimulatedModel = (request: LlmRequest) => string;

/** A client that asks nobody: answers come from a function and say that they are simulated. */
export class SimulatedLlmClient implements LlmClient {
  readonly #model: SimulatedModel;

  constructor(model: SimulatedModel) {
    this.#model = model;
  }

  async complete(request: LlmRequest, call: Pick<LlmCall, 'signal'>): Promise<LlmResponse> {
    call.signal.throwIfAborted();
    const text = this.#model(request);
    const input = request.messages.map(({ content }) => content).join('\n');
    return {
      outcome: 'answered',
      text,
      model: SIMULATION_MODEL,
      usage: {
        inputTokens: byteTokenCounter.count(input, request.model),
        cachedInputTokens: 0,
        outputTokens: byteTokenCounter.count(text, request.model),
      },
      isSimulated: true,
    };
  }
}
