import { serializeError } from '@jarvis/core';

import { escapeForTerminal } from './escape-for-terminal.ts';

/** How much of an error is shown. */
export interface ErrorView {
  /** Also where it comes from. */
  readonly isDebug: boolean;
}

/** What standard error gets: one line for each problem, and where it comes from only when asked for. */
export function renderError(error: unknown, { isDebug }: ErrorView): string {
  const { code, message } = serializeError(error);
  const known = code !== 'JARVIS_UNEXPECTED';
  const lines = message.split('\n').map((line) => `jarvis: ${escapeForTerminal(line)}`);
  const hint =
    known || isDebug ? [] : ['jarvis: This should not have happened. See where it comes from with --debug.'];
  const trace = isDebug ? [traceOf(error)] : [];
  return `${[...lines, ...hint, ...trace].join('\n')}\n`;
}

/** What standard output gets under `--json`. */
export function renderErrorJson(error: unknown): string {
  return `${JSON.stringify({ error: serializeError(error) }, null, 2)}\n`;
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
