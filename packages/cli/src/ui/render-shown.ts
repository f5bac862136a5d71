import type { Gate } from '@jarvis/core';

import { cutText } from './cut-text.ts';

type Shown = Gate['shown'];

/** The longest text people are shown, in characters. */
const SHOWN_TEXT = 200;

/** The most lines people are shown. */
const SHOWN_LINES = 40;

/** What a gate asks about as lines to read: a line for each thing, lists counted from 1. All of it is in `--json`. */
export function renderShown(shown: Shown): readonly string[] {
  const lines = renderValue(shown);
  const rest = lines.length - SHOWN_LINES;
  return rest > 0
    ? [...lines.slice(0, SHOWN_LINES), `… and ${String(rest)} more lines; all of it with --json`]
    : lines;
}

function renderValue(value: Shown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => renderEntry(index + 1, entry));
  if (typeof value !== 'object' || value === null) return [renderScalar(value)];
  return Object.entries(value).flatMap(([key, entry]) => renderNamed(`${toWords(key)}:`, entry));
}

function renderEntry(number: number, entry: Shown): readonly string[] {
  const mark = `${String(number)}. `;
  const [first = 'none', ...more] = renderValue(entry);
  return [`${mark}${first}`, ...more.map((line) => `${' '.repeat(mark.length)}${line}`)];
}

/** What fits on the line of its name stands there, all else below it. */
function renderNamed(name: string, value: Shown): readonly string[] {
  const isList = typeof value === 'object' && value !== null;
  if (!isList) return [`${name} ${renderScalar(value)}`];
  const lines = renderValue(value);
  return lines.length === 0 ? [`${name} none`] : [name, ...lines.map((line) => `  ${line}`)];
}

function renderScalar(value: string | number | boolean | null): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return cutText(String(value), SHOWN_TEXT);
}

/** `acceptanceCriteria` is `acceptance criteria`. */
function toWords(key: string): string {
  return cutText(
    key.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`),
    SHOWN_TEXT,
  );
}
