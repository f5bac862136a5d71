import type { Logger } from '@jarvis/core';
import { describeRecord, type RunRecord } from '@jarvis/loops';

import type { LegacyProviders, LoggingProvider } from './legacy-providers.ts';

/** Tells the old cost tracker and the old log what a record of a run says. */
export function tellProviders({ cost_tracker: costs, logger }: LegacyProviders, record: RunRecord): void {
  const text = describeRecord(record);
  if (text !== undefined) logger?.log_event(record.runId, record.type, { text });
  if (record.type !== 'attempt.closed') return;
  const { role, model, ending } = record.data;
  if (ending.type !== 'settled' || ending.usage === undefined) return;
  costs?.register_call(role, model, ending.usage.inputTokens, ending.usage.outputTokens);
}

/** Notes for operators, which belong to no run. */
export function adaptLogger(provider: LoggingProvider): Logger {
  const noteAt =
    (level: string) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
      provider.log_event('', level, { message, ...facts });
    };
  return { debug: noteAt('debug'), info: noteAt('info'), warn: noteAt('warn') };
}
