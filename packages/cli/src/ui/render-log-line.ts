import { describeRecord, type RunRecord } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderMoment } from './render-moment.ts';

/** A record as a line of a log; nothing for what is only bookkeeping. */
export function renderLogLine(record: RunRecord, isJson: boolean): string {
  const text = describeRecord(record);
  if (text === undefined) return '';
  const { seq, atMs, type } = record;
  if (isJson) return `${JSON.stringify({ seq, atMs, type, text })}\n`;
  return `${renderMoment(atMs, 'milliseconds')}  ${escapeForTerminal(text.replaceAll('\n', ' '))}\n`;
}
