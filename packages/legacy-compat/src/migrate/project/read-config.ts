import { readFile, stat } from 'node:fs/promises';

import { LegacyConfigError } from '../../errors.ts';
import { findRepeatedKey } from './find-repeated-key.ts';
import { parseYaml } from './parse-yaml.ts';
import { systemProblem } from './system-problem.ts';
import { visibleText } from './visible-text.ts';

/** The largest file that is taken for a configuration, in bytes. */
const LARGEST = 1_048_576;

/**
 * Reads a `project_config.json`, or YAML when the name of the file says so, as it is written.
 *
 * @throws {@link LegacyConfigError} when it cannot be read or is no object.
 */
export async function readConfig(file: string): Promise<object> {
  const text = decode(file, await readBytes(file)).trim();
  if (text === '') throw refuse(file, 'it is empty');
  const value = parse(file, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const kind = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  throw refuse(file, `it holds ${kind}, not an object`);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    // Asked first: reading a pipe would wait for ever, and a huge file would fill the memory.
    const found = await stat(file);
    if (found.isDirectory()) throw refuse(file, 'it is a folder; name the file in it');
    if (!found.isFile()) throw refuse(file, 'it is no regular file');
    if (found.size > LARGEST) throw refuse(file, `it is larger than 1 MB (${String(found.size)} bytes)`);
    return await readFile(file);
  } catch (error) {
    throw error instanceof LegacyConfigError ? error : refuse(file, systemProblem(error), error);
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(file, 'it is not written in UTF-8; save it as UTF-8');
  }
}

/** The words of the parsers quote the file, so only the place is told. */
function parse(file: string, text: string): unknown {
  if (/\.ya?ml$/iu.test(file)) {
    const parsed = parseYaml(text);
    if (parsed.problem !== undefined) throw refuse(file, parsed.problem);
    return parsed.value;
  }
  const value = parseJson(file, text);
  const repeated = findRepeatedKey(text);
  if (repeated === undefined) return value;
  const { line, column } = repeated;
  throw refuse(file, `a key is written twice (line ${String(line)}, column ${String(column)})`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, line, column] =
      /\(line (\d+) column (\d+)\)/u.exec(error instanceof Error ? error.message : '') ?? [];
    const place = line === undefined || column === undefined ? '' : ` (line ${line}, column ${column})`;
    throw refuse(file, `it is no valid JSON${place}`);
  }
}

function refuse(file: string, problem: string, cause?: unknown): LegacyConfigError {
  return new LegacyConfigError({ problem: `${visibleText(file)}: ${problem}`, cause });
}
