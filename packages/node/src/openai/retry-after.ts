const NUMBER = /^\d{1,15}(?:\.\d{1,15})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long the server asks to wait, in milliseconds: from `retry-after-ms`, or `Retry-After` in seconds or as an
 * HTTP date. `undefined` when it does not ask, asks for the past, or writes something else.
 */
export function readRetryAfterMs(headers: Headers, nowMs: number): number | undefined {
  return (
    readNumber(headers.get('retry-after-ms'), 1) ??
    readNumber(headers.get('retry-after'), 1000) ??
    readDate(headers.get('retry-after'), nowMs)
  );
}

function readNumber(value: string | null, unitMs: number): number | undefined {
  return value !== null && NUMBER.test(value.trim()) ? Math.ceil(Number(value) * unitMs) : undefined;
}

function readDate(value: string | null, nowMs: number): number | undefined {
  // `Date.parse` alone finds a date in almost any text.
  if (value === null || !HTTP_DATE.test(value.trim())) return undefined;
  const delayMs = Date.parse(value) - nowMs;
  return delayMs >= 0 ? delayMs : undefined;
}
