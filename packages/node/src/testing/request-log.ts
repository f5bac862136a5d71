import { appendFileSync, closeSync, openSync } from 'node:fs';

import { z } from 'zod';

/**
 * How a request ended:
 * `pending` not yet · `answered` the reply was sent whole · `cut` the script made the server close the connection ·
 * `aborted` the client went away first · `closed` the server was stopped first ·
 * `incomplete` the client went away before its request had arrived · `refused` bad path, method, key, size or JSON ·
 * `unscripted` the script had nothing for it · `script_failed` the script threw or answered nonsense.
 */
export const requestOutcomeSchema = z.enum([
  'pending',
  'answered',
  'cut',
  'aborted',
  'closed',
  'incomplete',
  'refused',
  'unscripted',
  'script_failed',
]);

/** How a request ended; the words are explained at {@link requestOutcomeSchema}. */
export type RequestOutcome = z.infer<typeof requestOutcomeSchema>;

/** A request as it arrived, before anything is answered. */
export const requestArrivalSchema = z.object({
  /** 1-based, in the order in which the requests had arrived whole. */
  n: z.int().positive(),
  /** Milliseconds since the server started, monotonic. */
  atMs: z.number().nonnegative(),
  method: z.string(),
  path: z.string(),
  /** Who asked, where the script can tell. */
  role: z.string().optional(),
  /** The header `X-Jarvis-Step`. */
  stepId: z.string().optional(),
  model: z.string().optional(),
  /** The parsed JSON; `null` when the body was none. */
  body: z.unknown(),
  /** Of the bytes as they arrived, in hex. */
  bodySha256: z.string(),
  /** Names in lower case; keys are reduced to `sha256:` and the hash of the token. */
  headers: z.record(z.string(), z.string()),
});

const endingSchema = z.object({
  outcome: requestOutcomeSchema,
  /** The HTTP status that was sent; `null` while there is none. */
  status: z.int().nullable(),
  /** As `atMs`; `null` while the request is pending. */
  endedAtMs: z.number().nonnegative().nullable(),
});

export type RequestArrival = Readonly<z.infer<typeof requestArrivalSchema>>;

/** How a request ended. */
export type RequestEnding = Readonly<z.infer<typeof endingSchema>>;

/** One request to the fake OpenAI server and how it ended. */
export type RequestLogEntry = RequestArrival & RequestEnding;

/** One line of a request log on disk. */
export const requestLogRecordSchema = z.discriminatedUnion('record', [
  requestArrivalSchema.extend({ record: z.literal('request'), version: z.literal(1) }),
  endingSchema.extend({ record: z.literal('outcome'), version: z.literal(1), n: z.int().positive() }),
]);

type RequestLogRecord = z.infer<typeof requestLogRecordSchema>;

const PENDING: RequestEnding = { outcome: 'pending', status: null, endedAtMs: null };

/** Keeps what was asked and how it ended, in memory and, if wanted, in a JSONL file. */
export class RequestLog {
  readonly #entries = new Map<number, RequestLogEntry>();
  readonly #file: number | undefined;

  /** Throws what the file system throws when `path` cannot be opened for appending. */
  constructor(path?: string) {
    // Prompts are in it, so it is for its owner only.
    this.#file = path === undefined ? undefined : openSync(path, 'a', 0o600);
  }

  get entries(): readonly RequestLogEntry[] {
    return [...this.#entries.values()];
  }

  /** Records a request. When it returns, the line is written. */
  open(arrival: RequestArrival): void {
    this.#append({ record: 'request', version: 1, ...arrival });
    this.#entries.set(arrival.n, { ...arrival, ...PENDING });
  }

  /** Records how a request ended. When it returns, the line is written. */
  end(arrival: RequestArrival, ending: RequestEnding): void {
    this.#append({ record: 'outcome', version: 1, n: arrival.n, ...ending });
    this.#entries.set(arrival.n, { ...arrival, ...ending });
  }

  close(): void {
    if (this.#file !== undefined) {
      closeSync(this.#file);
    }
  }

  #append(record: RequestLogRecord): void {
    if (this.#file !== undefined) {
      appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
    }
  }
}

/** The entry of a request that has just arrived. */
export function toPendingEntry(arrival: RequestArrival): RequestLogEntry {
  return { ...arrival, ...PENDING };
}
