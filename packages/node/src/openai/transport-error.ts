/** Codes of this adapter, beside those of Node.js such as `ECONNRESET`. */
export const BODY_TOO_LARGE = 'BODY_TOO_LARGE';

export interface TransportErrorFacts {
  /** `ECONNRESET`, `ENOTFOUND`, `BODY_TOO_LARGE` … */
  readonly code: string;
  readonly detail: string;
  /** Whether the server may have got the request. */
  readonly isSent: boolean;
}

/**
 * An exchange that ended below HTTP. It holds nothing of the request and nothing of what was received, so that it
 * may be shown and logged.
 */
export class TransportError extends Error {
  readonly code: string;
  readonly detail: string;
  readonly isSent: boolean;

  constructor({ code, detail, isSent }: TransportErrorFacts) {
    super(`${code}: ${detail}`);
    this.name = 'TransportError';
    this.code = code;
    this.detail = detail;
    this.isSent = isSent;
  }
}

/** The transport error underneath an error of the SDK, however deep. */
export function findTransportError(error: unknown): TransportError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof TransportError) return current;
  }
  return undefined;
}

/** Keeps of a system error what may be shown. */
export function toTransportError(error: unknown, isSent: boolean): TransportError {
  if (error instanceof TransportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return new TransportError({ code, detail: describe(error), isSent });
}

function describe(error: unknown): string {
  // A happy-eyeballs failure has no message of its own, only those of the addresses it tried.
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
