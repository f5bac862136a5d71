import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { InvalidScriptError } from './errors.ts';
import { parseScript } from './script.ts';
import type { CheckedScript } from './script.ts';

/**
 * Loads a script from a JSON file: a list of replies, or `{ "byRole": { … } }`.
 *
 * @throws {@link InvalidScriptError} when it is no script; a missing file is an error of the file system.
 */
export async function loadScriptFile(path: string): Promise<CheckedScript> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  return parseScript(parseJson(text, path), path);
}

/**
 * Loads a script from the export `script` of a module; this form may be a function.
 *
 * @throws {@link InvalidScriptError} when the module has no such export or it is no script.
 */
export async function loadScriptModule(path: string): Promise<CheckedScript> {
  const module: unknown = await import(pathToFileURL(resolve(path)).href);
  if (typeof module !== 'object' || module === null || !('script' in module)) {
    const message = 'expected an export named "script"';
    throw new InvalidScriptError({ source: path, problems: [{ path: '', message }] });
  }
  return parseScript(module.script, path);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidScriptError({ source: path, problems: [{ path: '', message }], cause });
  }
}
