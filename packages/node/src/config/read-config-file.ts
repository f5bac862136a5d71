import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';

import { InvalidConfigError, isInvalidConfigError } from '@jarvis/core';

import type { ConfigText } from './config-text.ts';
import { parseJsonText } from './parse-json-text.ts';

const MAX_BYTES = 1_048_576;

const PARSERS: Readonly<Record<string, (text: string) => ConfigText | Promise<ConfigText>>> = {
  '.json': parseJsonText,
  '.yaml': parseYaml,
  '.yml': parseYaml,
};

/** The library is 72 modules, which a folder without a YAML file need not wait for. */
async function parseYaml(text: string): Promise<ConfigText> {
  const { parseYamlText } = await import('./parse-yaml-text.ts');
  return parseYamlText(text);
}

/**
 * Reads a configuration file as data, without judging its keys.
 *
 * @throws {@link InvalidConfigError} naming the file when it cannot be read as an object.
 */
export async function readConfigFile(path: string): Promise<object> {
  return (await readHashedConfigFile(path)).written;
}

/** What a configuration file says, and the SHA-256 of the very bytes that say it. */
export interface HashedConfigFile {
  readonly written: object;
  readonly hash: string;
}

/**
 * Reads a configuration file like {@link readConfigFile}, for whoever has to know later whether it is still the same.
 *
 * @throws {@link InvalidConfigError} naming the file when it cannot be read as an object.
 */
export async function readHashedConfigFile(path: string): Promise<HashedConfigFile> {
  const bytes = await readBytes(path);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { written: await parseText(decode(bytes, path), path), hash };
}

async function parseText(text: string, path: string): Promise<object> {
  const parse = PARSERS[extname(path).toLowerCase()];
  if (parse === undefined) throw invalid(path, 'its name must end in .json, .yaml or .yml.');
  if (text.trim() === '') throw invalid(path, EMPTY);

  const parsed = await parse(text);
  if (parsed.status === 'refused') throw invalid(path, ...parsed.problems);
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (value === null) throw invalid(path, EMPTY);
  throw invalid(
    path,
    `its top level is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not an object.`,
  );
}

const EMPTY = 'it is empty. Remove it, or write {} into it.';

function decode(bytes: Uint8Array, path: string): string {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw invalid(path, 'it is written in UTF-16. Save it as UTF-8.');
  }
  try {
    // A byte order mark of UTF-8 is left out by the decoder.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid(path, 'it is not written in UTF-8. Save it as UTF-8.');
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    // Asked first: reading a pipe or a device would wait for ever.
    const found = await stat(path);
    if (found.isDirectory()) throw invalid(path, 'it is a folder, not a file.');
    if (!found.isFile()) throw invalid(path, 'it is not a regular file.');
    if (found.size > MAX_BYTES) throw invalid(path, `it is larger than 1 MB (${String(found.size)} bytes).`);
    return await readFile(path);
  } catch (error) {
    if (isInvalidConfigError(error)) throw error;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): InvalidConfigError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const problem = code === 'ENOENT' ? 'there is no such file.' : `it cannot be read (${code}).`;
  return new InvalidConfigError({ problems: [{ origin: path, key: '', problem }], cause });
}

function invalid(path: string, ...problems: readonly string[]): InvalidConfigError {
  return new InvalidConfigError({
    problems: problems.map((problem) => ({ origin: path, key: '', problem })),
  });
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
