import { isDeepStrictEqual } from 'node:util';

import type { ParsedReply, ReplyParser } from '@jarvis/core';

import { findJson } from './find-json.ts';
import { inspectValue } from './inspect-value.ts';
import { countMembers } from './json-tokens.ts';
import { readTolerantly } from './read-tolerantly.ts';

const MAX_REPLY_BYTES = 16 * 1024 * 1024;

const FENCE = '```';

/**
 * A parser for what models make of "answer with JSON": plain JSON, JSON in a Markdown fence, one object amid prose,
 * comments, trailing commas and wrong escapes. It completes nothing that was cut off, does not choose between two
 * different objects, and refuses repeated names, `__proto__` and `constructor`, numbers without end, more than 64
 * levels and more than 16 MB. Its time grows with the length of the text alone.
 */
export function tolerantReplyParser(): ReplyParser {
  return { parse };
}

function parse(text: string): ParsedReply {
  if (Buffer.byteLength(text) > MAX_REPLY_BYTES) return unreadable('The answer is larger than 16 MB.');
  const body = withoutFence(text.trim());
  if (body === '') return unreadable('The answer is empty.');
  return readStrictly(body) ?? readAmidProse(body);
}

function withoutFence(text: string): string {
  const lineEnd = text.indexOf('\n');
  const isFenced =
    text.startsWith(FENCE) && text.endsWith(FENCE) && lineEnd !== -1 && lineEnd < text.length - FENCE.length;
  return isFenced ? text.slice(lineEnd, -FENCE.length).trim() : text;
}

/** `undefined` when the text is not JSON as the standard has it. */
function readStrictly(text: string): ParsedReply | undefined {
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const inspection = inspectValue(value);
  if (inspection.type === 'unreadable') return inspection;
  // The standard parser keeps the last of two members with one name and says nothing; the other one names it.
  return inspection.members === countMembers(text) ? { type: 'value', value } : readTolerantly(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not strict JSON: the tolerant way finds out what it is.
    return undefined;
  }
}

function readAmidProse(text: string): ParsedReply {
  const found = findJson(text);
  if (found.type === 'unreadable') return found;
  const [first, ...others] = found.texts.map(readOne);
  if (first === undefined) return unreadable('The answer holds no JSON object.');
  const broken = [first, ...others].find(({ type }) => type === 'unreadable');
  if (broken !== undefined) return broken;
  const isOne = others.every((other) => isDeepStrictEqual(other, first));
  return isOne ? first : unreadable('The answer holds several different JSON objects; give exactly one.');
}

function readOne(text: string): ParsedReply {
  return readStrictly(text) ?? readTolerantly(text);
}

function unreadable(problem: string): ParsedReply {
  return { type: 'unreadable', problem };
}
