import { setTimeout as sleep } from 'node:timers/promises';

import { RequestsNotSeenError } from './errors.ts';
import type { RequestLogEntry } from './request-log.ts';

const POLL_MS = 10;

/** Tells whether the requests that are waited for have come. */
export type RequestsCondition = (requests: readonly RequestLogEntry[]) => boolean;

/** Reads the requests again and again until they are as wanted. */
export async function waitForRequests(
  read: () => readonly RequestLogEntry[] | Promise<readonly RequestLogEntry[]>,
  condition: RequestsCondition,
  timeoutMs = 10_000,
): Promise<readonly RequestLogEntry[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const requests = await read();
    if (condition(requests)) {
      return requests;
    }
    if (performance.now() >= deadline) {
      throw new RequestsNotSeenError({ timeoutMs, outcomes: requests.map(({ outcome }) => outcome) });
    }
    await sleep(POLL_MS);
  }
}
