import { sha256 } from '../journal/hash.ts';
import type { LlmRequest } from './llm-client.ts';

/**
 * A hash of what a model is asked: two requests with the same key are the same question. Who asks and what for is
 * not sent, and the output limits do not change a whole answer, so neither counts.
 */
export function requestKey({ model, messages, replyFormat, temperature }: LlmRequest): string {
  const asked = { model, messages: messages.map(({ role, content }) => [role, content]), replyFormat };
  return sha256(JSON.stringify(sorted({ ...asked, temperature: temperature ?? null })));
}

/** A JSON value with the keys of its objects in order, so that equal values are written alike. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
  // An own key of any name, `__proto__` too.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
