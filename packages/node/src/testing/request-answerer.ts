import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ChatRequest, NumberedRequest } from './chat-request.ts';
import { concludeExchange } from './conclude-exchange.ts';
import type { Assignment, Conclusion } from './conclude-exchange.ts';
import type { Exchange } from './exchange.ts';
import { inspectRequest, parseJsonBody } from './inspect-request.ts';
import { receiveRequest } from './receive-request.ts';
import type { ReceivedRequest } from './receive-request.ts';
import type { RequestArrival, RequestLog } from './request-log.ts';
import type { ScriptPlayer } from './script-player.ts';

/** Takes requests from arrival to outcome, counts them and writes them down. */
export class RequestAnswerer {
  readonly #player: ScriptPlayer;
  readonly #log: RequestLog;
  readonly #options: { readonly requireKey: boolean; readonly models: readonly string[] };
  readonly #startedAt = performance.now();
  readonly #countByRole = new Map<string | undefined, number>();
  #count = 0;
  #isClosing = false;

  constructor(
    player: ScriptPlayer,
    log: RequestLog,
    options: { readonly requireKey: boolean; readonly models: readonly string[] },
  ) {
    this.#player = player;
    this.#log = log;
    this.#options = options;
  }

  /** From now on a lost connection is the doing of the server and not of the client. */
  announceClosing(): void {
    this.#isClosing = true;
  }

  /** Rejects only when the request log cannot be written; nothing is answered then. */
  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = toExchange(response);
    const received = await receiveRequest(incoming);
    this.#count += 1;
    const assignment = this.#assign(received, this.#count);
    const arrival = toArrival(received, assignment, { n: this.#count, atMs: this.#elapsedMs() });

    this.#log.open(arrival);
    const { player, models } = { player: this.#player, models: this.#options.models };
    const conclusion = await concludeExchange(exchange, assignment, { player, models });
    this.#log.end(arrival, { ...this.#blame(conclusion), endedAtMs: this.#elapsedMs() });
  }

  #assign(received: ReceivedRequest, n: number): Assignment {
    const inspection = inspectRequest(received, this.#options);
    if (inspection.type !== 'chat') {
      return inspection;
    }
    try {
      return { type: 'chat', request: this.#number(inspection.request, n) };
    } catch (error) {
      // `roleOf` is the user's; what it throws goes to the client as a failure of the script.
      return { type: 'script_failed', error };
    }
  }

  #number(request: ChatRequest, n: number): NumberedRequest {
    const role = this.#player.roleOf(request);
    const nInRole = (this.#countByRole.get(role) ?? 0) + 1;
    this.#countByRole.set(role, nInRole);
    return { ...request, n, nInRole, ...(role !== undefined && { role }) };
  }

  #blame(conclusion: Conclusion): Conclusion {
    return this.#isClosing && conclusion.outcome === 'aborted'
      ? { ...conclusion, outcome: 'closed' }
      : conclusion;
  }

  #elapsedMs(): number {
    return Math.round((performance.now() - this.#startedAt) * 1000) / 1000;
  }
}

function toExchange(response: ServerResponse): Exchange {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  return { response, gone: gone.signal };
}

function toArrival(
  { method, path, headers, body, bodySha256 }: ReceivedRequest,
  assignment: Assignment,
  { n, atMs }: Pick<RequestArrival, 'n' | 'atMs'>,
): RequestArrival {
  const stepId = headers['x-jarvis-step'];
  const asked = assignment.type === 'chat' ? assignment.request : undefined;
  return {
    n,
    atMs,
    method,
    path,
    ...(asked?.role !== undefined && { role: asked.role }),
    ...(stepId !== undefined && { stepId }),
    ...(asked !== undefined && { model: asked.model }),
    body: parseJsonBody(body) ?? null,
    bodySha256,
    headers,
  };
}
