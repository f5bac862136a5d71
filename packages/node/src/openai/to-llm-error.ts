import { LlmError, type LlmErrorReason } from '@jarvis/core';
import { z } from 'zod';

import { renderAddress, type ServerAddress } from './base-url.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { quoteServer, type QuoteRules, readServerWords, type ServerWords } from './server-words.ts';
import { BODY_TOO_LARGE, findTransportError, type TransportError } from './transport-error.ts';

/** What is known about an exchange beside how it failed. */
export interface ExchangeFacts {
  readonly server: ServerAddress;
  /** The model that was asked. */
  readonly model: string;
  readonly nowMs: number;
  readonly quoting: QuoteRules;
}

/** The SDK's error for an answer that is not a success; read by shape, so that the SDK need not be loaded. */
const statusErrorSchema = z.object({
  status: z.int(),
  // Named within a function, since naming it loads the fetch of Node.js.
  headers: z.custom<Headers>((value) => value instanceof Headers),
  error: z.unknown(),
});

type StatusError = z.infer<typeof statusErrorSchema>;

const NO_SUCH_NAME = ['ENOTFOUND', 'EAI_AGAIN'];

const NO_SUCH_SERVER = ['ECONNREFUSED', 'ENOTFOUND'];

/** Too slow, in conflict, too early: nothing is wrong with the request. */
const PASSING = [408, 409, 425];

/**
 * What gateways answer when the server behind them does not: the request may have been passed on, and the answer be
 * made and charged. A server that refuses or fails on its own account (4xx, 500, 503, 529) charges nothing.
 */
const GIVEN_UP_BY_GATEWAYS = [408, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527];

const NO_SUCH_MODEL = 'model_not_found';

const NO_MONEY = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'];

/**
 * Gives a failed exchange its reason, and tells whether it may be charged all the same. An error that is none of the transport's, the server's or this adapter's own
 * is a defect and is given back as it is.
 */
export function toLlmError(error: unknown, facts: ExchangeFacts): unknown {
  const transportError = findTransportError(error);
  if (transportError !== undefined) return fromTransport(transportError, facts);
  const { data: statusError } = statusErrorSchema.safeParse(error);
  return statusError === undefined ? error : fromStatus(statusError, facts);
}

function fromTransport(cause: TransportError, { server }: ExchangeFacts): LlmError {
  const { code, isSent: mayBeCharged } = cause;
  const address = renderAddress(server);
  if (NO_SUCH_SERVER.includes(code)) {
    return new LlmError({
      reason: 'connection_refused',
      seen: describeRefusal(code, server),
      mayBeCharged: false,
      cause,
    });
  }
  if (code === BODY_TOO_LARGE) {
    return new LlmError({ reason: 'too_large', seen: cause.detail, mayBeCharged, cause });
  }
  return new LlmError({
    reason: 'connection_lost',
    seen: `the exchange with ${address} broke off (${code})`,
    mayBeCharged,
    cause,
  });
}

/** Says of a server that cannot be reached what people can check. */
export function describeRefusal(code: string, server: ServerAddress): string {
  return NO_SUCH_NAME.includes(code)
    ? `the host name of ${renderAddress(server)} is not known (${code})`
    : `nothing listens at ${renderAddress(server)} (${code})`;
}

function fromStatus({ status, headers, error }: StatusError, facts: ExchangeFacts): LlmError {
  const { nowMs, quoting, model } = facts;
  const words = readServerWords(error);
  const quoted = quoteServer(words, quoting);
  const retryAfterMs = readRetryAfterMs(headers, nowMs);
  const said = status < 400 ? '; redirects are not followed' : quoted && ` (${quoted})`;
  const isUnknown = isModelUnknown(status, words, model);
  return new LlmError({
    reason: isUnknown ? 'model_not_found' : reasonOf(status, words),
    seen: `HTTP ${String(status)}${said}${isUnknown ? `; ${describeUnknown(facts)}` : ''}`,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs, nowMs }),
    mayBeCharged: GIVEN_UP_BY_GATEWAYS.includes(status),
    ...adviceFor(status, isUnknown, model),
  });
}

/** Some servers have a code for it, others say so in words. */
function isModelUnknown(status: number, { codes, message }: ServerWords, model: string): boolean {
  const isClientsFault = status >= 400 && status < 500;
  return (
    isClientsFault && (codes.includes(NO_SUCH_MODEL) || (status === 404 && message?.includes(model) === true))
  );
}

function describeUnknown({ server, model }: ExchangeFacts): string {
  return `${renderAddress(server)} does not know the model ${JSON.stringify(model)}, or the key may not use it`;
}

function adviceFor(status: number, isUnknown: boolean, model: string) {
  if (status < 400) {
    return {
      retryable: false,
      advice: 'Set the base URL (--base-url, OPENAI_BASE_URL) to the final address.',
    };
  }
  if (isUnknown) {
    return {
      advice:
        'Start a new run with --model <name>, or with models.manager and models.employee set to models it has.',
    };
  }
  if (status !== 404) return {};
  const asked = JSON.stringify(model);
  return {
    advice: `Check that the base URL is complete (most end in /v1) and that the server has the model ${asked} (--model <name>).`,
  };
}

function reasonOf(status: number, { codes }: ServerWords): LlmErrorReason {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 402) return 'quota_exhausted';
  if (status === 429)
    return codes.some((code) => NO_MONEY.includes(code)) ? 'quota_exhausted' : 'rate_limited';
  const isClientsFault = status >= 400 && status < 500 && !PASSING.includes(status);
  return isClientsFault ? 'bad_request' : 'provider_error';
}
