import { sha256 } from '@jarvis/core';
import type { Finding } from '@jarvis/core';

/** 64 bits: enough to tell the findings of one stage apart, short enough to be named in a prompt. */
const HASH_LENGTH = 16;

/**
 * Names what a finding is about, so that the same finding is known again in the next round: file, rule, requirement
 * and the quoted text, or the description where nothing is quoted. White space does not count, nor does the case of a
 * description; line, source and severity do not either, since they move while the finding stays the same.
 *
 * File and rule are readable in front. The rest is hashed, because quotes are long and hold the contents of files,
 * while a fingerprint is repeated in records, prompts and errors. The hash is the kernel's SHA-256: a model writes
 * the text, so two findings must not be able to look the same.
 *
 * @example
 * ```ts
 * findingFingerprint({ severity: 'error', source: 'html', rule: 'title', file: 'index.html', description: 'No title' });
 * // index.html#title#4c1f0a…
 * ```
 */
export function findingFingerprint({ file, rule, requirement, quote, description }: Finding): string {
  const quoted = collapse(quote ?? '');
  const text = quoted === '' ? ['described', collapse(description).toLowerCase()] : ['quoted', quoted];
  const hash = sha256(JSON.stringify([file ?? null, rule ?? null, requirement ?? null, ...text]));

  return [file, rule, hash.slice(0, HASH_LENGTH)].filter((part) => part !== undefined).join('#');
}

function collapse(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}
