import { type AllowedSecret, type ScannedFile, sha256 } from '@jarvis/core';

import { matchesFile } from './match-file.ts';

/** A finding with the place of what was found. */
export interface PlacedSecret {
  /** 1-based. */
  readonly line: number;
  /** The line on which it ends. */
  readonly lastLine: number;
  readonly rule: string;
}

/** The rule for values that are known. */
export const KNOWN_RULE = 'known-secret';

const PRAGMA = /jarvis: allow-secret ([a-z][a-z0-9-]{0,99})(?![\w-])/gu;

/** No person reads a comment further to the right. */
const LONGEST_LINE = 10_000;

/**
 * Tells for one file which findings a person has said to be no secrets: in a list, by file, rule and hash; or in a
 * comment on their line or the one before. A comment counts where it and what it is about were in the file before: what
 * is new was written by a model, which does not decide that. The key models are called with is never allowed.
 */
export function findAllowed(
  { path, content, before }: ScannedFile,
  allow: readonly AllowedSecret[],
): (secret: PlacedSecret) => boolean {
  const listed = allow.filter(({ file }) => matchesFile(file, path));
  const lines = linesOf(content);
  let old: ReadonlySet<string> | undefined;
  const stood = (from: number, to: number) => {
    old ??= collectPairs(linesOf(before ?? ''));
    return listPairs(lines.slice(from - 1, to)).every((pair) => old?.has(pair) === true);
  };
  return ({ line, lastLine, rule }) => {
    if (rule === KNOWN_RULE) return false;
    const ofRule = listed.filter((entry) => entry.rule === rule);
    if (ofRule.length > 0 && isListed(lines.slice(line - 1, lastLine), ofRule)) return true;
    return [line, line - 1].some((from) => namesRule(lines[from - 1], rule) && stood(from, lastLine));
  };
}

function isListed(lines: readonly string[], entries: readonly AllowedSecret[]): boolean {
  const hash = sha256(lines.join(''));
  return entries.some((entry) => entry.sha256 === hash);
}

function namesRule(line: string | undefined, rule: string): boolean {
  if (line === undefined || line.length > LONGEST_LINE) return false;
  return line.matchAll(PRAGMA).some(([, named]) => named === rule);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Each line with the one before it: whether lines stand in a text one after the other is told in linear time. */
function listPairs(lines: readonly string[]): readonly string[] {
  if (lines.length === 1) return lines;
  return lines.slice(1).map((line, index) => `${lines[index] ?? ''}\n${line}`);
}

function collectPairs(lines: readonly string[]): ReadonlySet<string> {
  return new Set([...lines, ...listPairs(lines)]);
}
