import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { UnusedReply } from './reply-queue.ts';
import type { RequestAnswerer } from './request-answerer.ts';
import type { RequestLog, RequestLogEntry } from './request-log.ts';
import type { ScriptPlayer } from './script-player.ts';
import { waitForRequests } from './wait-for-requests.ts';
import type { RequestsCondition } from './wait-for-requests.ts';

interface Parts {
  /** Listening already. */
  readonly http: Server;
  readonly port: number;
  readonly player: ScriptPlayer;
  readonly log: RequestLog;
  readonly answerer: RequestAnswerer;
}

/** A fake OpenAI server that listens; `startFakeOpenAi` makes one. */
export class FakeOpenAiServer {
  /** What a client takes as its base URL, such as `http://127.0.0.1:40123/v1`. */
  readonly baseUrl: string;
  readonly #http: Server;
  readonly #player: ScriptPlayer;
  readonly #log: RequestLog;
  readonly #answerer: RequestAnswerer;
  readonly #inFlight = new Set<Promise<void>>();
  #closed: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor({ http, port, player, log, answerer }: Parts) {
    this.baseUrl = `http://127.0.0.1:${String(port)}/v1`;
    this.#http = http;
    this.#player = player;
    this.#log = log;
    this.#answerer = answerer;
    http.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      this.#take(incoming, response);
    });
  }

  /** Every request so far and how it ended, in order of arrival; a snapshot that does not change. */
  get requests(): readonly RequestLogEntry[] {
    return this.#log.entries;
  }

  /** How many requests got 599 because nothing was scripted for them. */
  get unscripted(): number {
    return this.#player.unscripted;
  }

  /** The scripted replies that no request has fetched yet. Always empty when the script is a function. */
  unusedReplies(): readonly UnusedReply[] {
    return this.#player.unusedReplies();
  }

  /**
   * Waits until the requests are as wanted, and gives them back. A request is listed before it is answered,
   * and its outcome known shortly after.
   *
   * @throws {@link RequestsNotSeenError} after `timeoutMs`, by default 10,000.
   */
  waitForRequests(condition: RequestsCondition, timeoutMs?: number): Promise<readonly RequestLogEntry[]> {
    return waitForRequests(() => this.requests, condition, timeoutMs);
  }

  /**
   * Closes every connection at once and stops listening; further calls wait for the same end.
   * Rejects when the request log could not be written while the server ran.
   */
  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #shutDown(): Promise<void> {
    this.#answerer.announceClosing();
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
    await Promise.all(this.#inFlight);
    this.#log.close();
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
  }

  #take(incoming: IncomingMessage, response: ServerResponse): void {
    const answered = this.#answerer
      .answer(incoming, response)
      .catch((error: unknown) => {
        // A request that cannot be written down must not be answered; `close` tells why.
        this.#failure ??= { error };
        response.destroy();
      })
      .finally(() => this.#inFlight.delete(answered));
    this.#inFlight.add(answered);
  }
}
