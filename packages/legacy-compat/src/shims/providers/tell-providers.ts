import type { Logger } from '@jarvis/core';
import { describeRecord, type RunRecord } from '@jarvis/loops';

import { tellThrown } from '../run/run-warnings.ts';
import type { LegacyProviders, LoggingProvider } from './legacy-providers.ts';

/** Tells the old cost tracker and the old log what a record of a run says. What they throw breaks no run. */
export function tellProviders({ cost_tracker: costs, logger }: LegacyProviders, record: RunRecord): void {
  const text = describeRecord(record);
  if (text !== undefined) tell('logger', () => logger?.log_event(record.runId, record.type, { text }));
  if (record.type !== 'attempt.closed') return;
  const { role, model, ending } = record.data;
  if (ending.type !== 'settled' || ending.usage === undefined) return;
  const { inputTokens, outputTokens } = ending.usage;
  tell('cost_tracker', () => costs?.register_call(role, model, inputTokens, outputTokens));
}

/** Notes for operators, which belong to no run. */
export function adaptLogger(provider: LoggingProvider): Logger {
  const noteAt =
    (level: string) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
      tell('logger', () => provider.log_event('', level, { message, ...facts }));
    };
  return { debug: noteAt('debug'), info: noteAt('info'), warn: noteAt('warn') };
}

/** An observer may be asynchronous, as much as it may fail. */
function tell(provider: string, call: () => unknown): void {
  try {
    Promise.resolve(call()).catch((error: unknown) => {
      tellThrown(provider, error);
    });
  } catch (error) {
    tellThrown(provider, error);
  }
}
