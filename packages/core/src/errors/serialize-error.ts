import { cutMessage } from './cut-message.ts';
import { isJarvisError } from './jarvis-error.ts';
import { showValue } from './show-value.ts';

/** An error as plain data, fit for the journal and for `--json`. Stack traces stay out of it. */
export interface SerializedError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Turns anything that was thrown into plain data. Foreign errors get the code `JARVIS_UNEXPECTED`. */
export function serializeError(error: unknown): SerializedError {
  if (isJarvisError(error)) {
    return { code: error.code, message: error.message, retryable: error.retryable };
  }
  return { code: 'JARVIS_UNEXPECTED', message: messageOf(error), retryable: false };
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return cutMessage(error.message);
  return typeof error === 'string' ? cutMessage(error) : showValue(error);
}
