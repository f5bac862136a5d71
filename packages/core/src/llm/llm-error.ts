import { isJarvisError, JarvisError } from '../errors/jarvis-error.ts';
import { renderWait } from './render-wait.ts';

/** Why an exchange with a model server did not complete. */
export const llmErrorReasons = [
  'rate_limited',
  'quota_exhausted',
  'unauthorized',
  'bad_request',
  'model_not_found',
  'connection_refused',
  'connection_lost',
  'timed_out',
  'too_large',
  'provider_error',
] as const;

export type LlmErrorReason = (typeof llmErrorReasons)[number];

const RETRYABLE: readonly LlmErrorReason[] = [
  'rate_limited',
  'connection_lost',
  'timed_out',
  'provider_error',
];

const ADVICE: Readonly<Record<LlmErrorReason, string>> = {
  rate_limited: 'Wait and resume the run.',
  quota_exhausted: 'Check the plan and billing of the account behind the key, then resume the run.',
  unauthorized: 'Check OPENAI_API_KEY and what it may use, then resume the run.',
  bad_request: 'Check the model name and the base URL; the server does not accept this request.',
  model_not_found: 'Choose another model (models.manager, models.employee) and start a new run.',
  connection_refused: 'Check the base URL (--base-url, OPENAI_BASE_URL) and that the server is running.',
  connection_lost: 'Check the network, then resume the run.',
  timed_out: 'Resume the run, or raise llm.deadlineMs.',
  too_large: 'Check that the base URL is a model server.',
  provider_error: 'Resume the run later, or check that the base URL is a model server.',
};

const CODES = {
  rate_limited: 'JARVIS_LLM_RATE_LIMITED',
  quota_exhausted: 'JARVIS_LLM_QUOTA_EXHAUSTED',
  unauthorized: 'JARVIS_LLM_UNAUTHORIZED',
  bad_request: 'JARVIS_LLM_BAD_REQUEST',
  model_not_found: 'JARVIS_LLM_MODEL_NOT_FOUND',
  connection_refused: 'JARVIS_LLM_CONNECTION_REFUSED',
  connection_lost: 'JARVIS_LLM_CONNECTION_LOST',
  timed_out: 'JARVIS_LLM_TIMED_OUT',
  too_large: 'JARVIS_LLM_TOO_LARGE',
  provider_error: 'JARVIS_LLM_PROVIDER_ERROR',
} as const satisfies Readonly<Record<LlmErrorReason, string>>;

/** The codes of {@link LlmError}, one for each reason. */
export type LlmErrorCode = (typeof CODES)[LlmErrorReason];

const KNOWN_CODES: readonly string[] = Object.values(CODES);

/** What an adapter found out about a failed exchange. */
export interface LlmErrorFacts {
  readonly reason: LlmErrorReason;
  /** What was seen, for people: `HTTP 503`, `the connection was reset`. */
  readonly seen: string;
  /** The HTTP status, when there was an answer. */
  readonly status?: number;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The wall-clock time it was seen at, in milliseconds since 1970 UTC: then the message tells when to come back. */
  readonly nowMs?: number;
  /** What to do next, where more is known than the reason tells. */
  readonly advice?: string;
  /** Whether asking again may help, where more is known than the reason tells. */
  readonly retryable?: boolean;
  /** Whether the server may have done, and charged, the work all the same. */
  readonly mayBeCharged: boolean;
  readonly cause?: unknown;
}

/** An exchange with a model server that was not completed. */
export class LlmError extends JarvisError<LlmErrorCode> {
  readonly code: LlmErrorCode;
  readonly reason: LlmErrorReason;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly mayBeCharged: boolean;

  constructor(facts: LlmErrorFacts) {
    const { reason, seen, status, retryAfterMs, mayBeCharged, cause } = facts;
    super(`The model server gave no answer: ${seen}. ${adviceOf(facts)}`, {
      cause,
      retryable: facts.retryable ?? RETRYABLE.includes(reason),
    });
    this.code = CODES[reason];
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.mayBeCharged = mayBeCharged;
  }
}

function adviceOf({ reason, advice = ADVICE[reason], retryAfterMs, nowMs }: LlmErrorFacts): string {
  if (retryAfterMs === undefined) return advice;
  return `It may be asked again ${renderWait(retryAfterMs, nowMs)}. ${advice}`;
}

/** Tells whether a value is an {@link LlmError}, whichever copy of the package made it. */
export function isLlmError(value: unknown): value is LlmError {
  return isJarvisError(value) && KNOWN_CODES.includes(value.code);
}
