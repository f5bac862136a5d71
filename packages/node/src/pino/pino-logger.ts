import type { Logger } from '@jarvis/core';
import { destination as fileDestination, pino, stdTimeFunctions } from 'pino';

import { toPlainFacts } from './plain-facts.ts';
import { createSecretRedactor, type RedactSecrets } from '../secrets/secret-redactor.ts';

/** The least grave notes that are written; `silent` writes none. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'silent';

/** What is logged, where to, and what must not be seen there. */
export interface PinoLoggerOptions {
  readonly level: LogLevel;
  /** Where the lines go, each with its line break. Default: stderr. */
  readonly destination?: { write(line: string): void };
  /** Values that must not be seen, such as the API key. Shorter ones than eight characters are not looked for. */
  readonly secrets: readonly string[];
}

const STDERR = 2;

type Facts = Readonly<Record<string, unknown>> | undefined;

/**
 * A logger that writes JSON lines to stderr, one a note: `level`, `time`, `message` and `facts`. Known secrets and
 * whatever looks like a key are taken out of messages, facts and errors at any depth.
 */
export function createPinoLogger({ level, destination, secrets }: PinoLoggerOptions): Logger {
  const redact = createSecretRedactor(secrets);
  const lines = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      messageKey: 'message',
      nestedKey: 'facts',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? fileDestination({ fd: STDERR, sync: true }),
  );
  const write = (kind: 'debug' | 'info' | 'warn') => (message: string, facts?: Facts) => {
    if (!lines.isLevelEnabled(kind)) return;
    if (facts === undefined) lines[kind](redact(message));
    else lines[kind](readFacts(facts, redact), redact(message));
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn') };
}

function readFacts(facts: Readonly<Record<string, unknown>>, redact: RedactSecrets) {
  try {
    return toPlainFacts(facts, redact);
  } catch {
    // A getter may throw: a note about a run must not end the run.
    return { unreadable: true };
  }
}
