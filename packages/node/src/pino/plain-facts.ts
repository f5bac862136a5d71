import { serializeError } from '@jarvis/core';

import type { RedactSecrets } from '../secrets/secret-redactor.ts';

/** What a fact becomes in a log line. */
export type PlainFact = string | number | boolean | null | PlainFact[] | { [key: string]: PlainFact };

const DEEPEST = 8;

interface Walk {
  readonly redact: RedactSecrets;
  /** The objects the walk is inside of. */
  readonly path: readonly object[];
}

/** Turns facts into plain data without secrets: errors by code and message, cycles and great depth cut off. */
export function toPlainFacts(facts: Readonly<Record<string, unknown>>, redact: RedactSecrets): PlainFact {
  return toPlain(facts, { redact, path: [] });
}

function toPlain(value: unknown, walk: Walk): PlainFact {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return walk.redact(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object') return typeof value === 'bigint' ? String(value) : `[${typeof value}]`;
  if (walk.path.includes(value)) return '[circular]';
  if (walk.path.length >= DEEPEST) return '[deeper]';
  return toPlainObject(value, { ...walk, path: [...walk.path, value] });
}

function toPlainObject(value: object, walk: Walk): PlainFact {
  if (value instanceof Error) return toPlainError(value, walk);
  if (value instanceof URL) return walk.redact(value.href);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  if (Array.isArray(value) || value instanceof Set) return [...value].map((item) => toPlain(item, walk));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [walk.redact(String(key)), toPlain(item, walk)]));
}

function toPlainError(error: Error, walk: Walk): PlainFact {
  const { code, message, retryable } = serializeError(error);
  const plain = { code, message: walk.redact(message), retryable };
  return error.cause === undefined ? plain : { ...plain, cause: toPlain(error.cause, walk) };
}
