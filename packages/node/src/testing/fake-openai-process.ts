import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { readRequestLog } from './read-request-log.ts';
import type { RequestLogEntry } from './request-log.ts';
import { waitForRequests } from './wait-for-requests.ts';
import type { RequestsCondition } from './wait-for-requests.ts';

/** How long a server that was asked to end may take before it is killed. */
const STOP_GRACE_MS = 5000;

interface Parts {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  readonly pid: number;
  readonly requestLog: string;
}

/** A fake OpenAI server in a process of its own; `spawnFakeOpenAi` makes one. */
export class FakeOpenAiProcess {
  /** What a client takes as its base URL, such as `http://127.0.0.1:40123/v1`. */
  readonly baseUrl: string;
  readonly pid: number;
  readonly requestLog: string;
  readonly #child: ChildProcess;

  constructor({ child, baseUrl, pid, requestLog }: Parts) {
    this.baseUrl = baseUrl;
    this.pid = pid;
    this.requestLog = requestLog;
    this.#child = child;
  }

  /**
   * Every request in the log so far and how it ended, in order of arrival. The log stays when the server is stopped.
   *
   * @throws {@link RequestLogDamagedError} when the file is not a request log.
   */
  requests(): Promise<readonly RequestLogEntry[]> {
    return readRequestLog(this.requestLog);
  }

  /**
   * Waits until the requests in the log are as wanted, and gives them back.
   *
   * @throws {@link RequestsNotSeenError} after `timeoutMs`, by default 10,000.
   */
  waitForRequests(condition: RequestsCondition, timeoutMs?: number): Promise<readonly RequestLogEntry[]> {
    return waitForRequests(() => this.requests(), condition, timeoutMs);
  }

  /** Ends the process and waits until it has ended; nothing happens when it has ended already. */
  async stop(): Promise<void> {
    if (this.#hasEnded()) {
      return;
    }
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const grace = new AbortController();
    await Promise.race([ended, sleep(STOP_GRACE_MS, undefined, { signal: grace.signal })]);
    grace.abort();
    if (!this.#hasEnded()) {
      this.#child.kill('SIGKILL');
      await ended;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
