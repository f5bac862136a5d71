import type { ProjectTrust, TrustedValue } from '@jarvis/node';

import { escapeForTerminal } from './escape-for-terminal.ts';

/** What a person should see before a project's configuration file is trusted: all it sets, and what that replaces. */
export function renderTrust({ project, file, verdict, values }: ProjectTrust): string {
  const lines = [
    `project: ${project}`,
    `file: ${file.path}${verdict === 'changed' ? ' (it has changed since you trusted it)' : ''}`,
    `sha256: ${file.hash}`,
    values.length === 0 ? 'It sets nothing.' : 'It sets:',
    ...values.map((value) => `  ${renderValue(value)}`),
  ];
  return `${lines.map(escapeForTerminal).join('\n')}\n`;
}

function renderValue({ key, before, written, applies }: TrustedValue): string {
  const note = applies ? '' : ' (not used as long as your own configuration says something else)';
  return `${key}: ${show(before)} → ${show(written)}${note}`;
}

function show(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
