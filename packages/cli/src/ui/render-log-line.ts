import { describeRecord, type RunRecord } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';

/** A record as a line of a log; nothing for what is only bookkeeping. */
export function renderLogLine(record: RunRecord, isJson: boolean): string {
  const text = describeRecord(record);
  if (text === undefined) return '';
  const { seq, atMs, type } = record;
  if (isJson) return `${JSON.stringify({ seq, atMs, type, text })}\n`;
  const at = new Date(atMs).toISOString().slice(0, 23).replace('T', ' ');
  return `${at}  ${escapeForTerminal(text.replaceAll('\n', ' '))}\n`;
}
