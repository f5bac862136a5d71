import { byteTokenCounter } from '../cost/token-counter.ts';
import type { LlmCall, LlmClient, LlmRequest, LlmResponse, ReportedUsage } from '../llm/llm-client.ts';

/** An answer: only what matters to the test; the rest is filled in. `usage: 'none'` leaves the usage out. */
export interface ScriptedAnswer extends Partial<Omit<LlmResponse, 'usage'>> {
  readonly usage?: ReportedUsage | 'none';
}

/** What a {@link ScriptedLlmClient} does with one request: answer with a text or more, or throw. */
export type ScriptedReply = string | ScriptedAnswer | Error;

/** Answers requests by looking at them. */
export type ScriptFunction = (request: LlmRequest, call: LlmCall) => ScriptedReply | Promise<ScriptedReply>;

/** A request came that the script has no answer for: the code under test asked more, or otherwise, than expected. */
export class UnexpectedRequestError extends Error {
  constructor({ request, answered }: { request: LlmRequest; answered: number }) {
    super(
      `Unexpected model call "${request.purpose}" by the ${request.role}: ` +
        `the script has ${String(answered)} replies and all were used.`,
    );
    this.name = 'UnexpectedRequestError';
  }
}

/** A model in a test: gives the replies of a list, one after the other, or what a function says. */
export class ScriptedLlmClient implements LlmClient {
  readonly #requests: LlmRequest[] = [];
  readonly #script: readonly (ScriptedReply | ScriptFunction)[] | ScriptFunction;

  constructor(script: readonly (ScriptedReply | ScriptFunction)[] | ScriptFunction) {
    this.#script = script;
  }

  /** Every request so far, in order, also those that failed. */
  get requests(): readonly LlmRequest[] {
    return [...this.#requests];
  }

  /** How many replies of a list nobody has asked for yet. */
  get unusedReplies(): number {
    return typeof this.#script === 'function' ? 0 : Math.max(0, this.#script.length - this.#requests.length);
  }

  async complete(request: LlmRequest, call: LlmCall): Promise<LlmResponse> {
    call.signal.throwIfAborted();
    this.#requests.push(request);
    const reply = await untilAborted(this.#reply(request, call), call.signal);
    if (reply instanceof Error) throw reply;
    return toResponse(reply, request);
  }

  async #reply(request: LlmRequest, call: LlmCall): Promise<ScriptedReply> {
    const script = this.#script;
    const reply = typeof script === 'function' ? script : script[this.#requests.length - 1];
    if (reply === undefined) throw new UnexpectedRequestError({ request, answered: script.length });
    return typeof reply === 'function' ? reply(request, call) : reply;
  }
}

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const abort = () => {
    resolve(undefined);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  return work;
}

function toResponse(reply: string | ScriptedAnswer, request: LlmRequest): LlmResponse {
  const { usage, ...answer } = typeof reply === 'string' ? { text: reply } : reply;
  const response = {
    outcome: 'answered',
    text: '',
    model: request.model,
    isSimulated: false,
    ...answer,
  } as const;
  return usage === 'none' ? response : { ...response, usage: usage ?? countUsage(request, response.text) };
}

function countUsage({ messages, model }: LlmRequest, text: string): ReportedUsage {
  const input = messages.map(({ content }) => content).join('');
  return {
    inputTokens: byteTokenCounter.count(input, model),
    cachedInputTokens: 0,
    outputTokens: byteTokenCounter.count(text, model),
  };
}
