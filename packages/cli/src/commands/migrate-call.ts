import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate call <module.function>`: what the Python modules start. */
export const migrateCall: Migration = {
  name: 'call',
  target: 'module and function, such as orchestrator_2loop.main; the answer is JSON',
  options: [
    { flags: '--input <file>', description: 'call: a file with the arguments by name, as JSON' },
    { flags: '--simulate', description: 'call: let a simulation answer in place of a model' },
  ],
  example: 'jarvis migrate call orchestrator_2loop.main --input arguments.json',
  run: async (target, options, io) => {
    const { workspace, stateDir } = globalOptionsSchema.parse(options);
    const { callLegacy } = await import('@jarvis/legacy-compat/migrate');
    const result = await callLegacy({
      name: target,
      input: await readInput(options['input'], io.folder),
      folder: resolve(io.folder, workspace ?? '.'),
      stateDirectory: stateDir === undefined ? undefined : resolve(io.folder, stateDir),
      isSimulated: options['simulate'] === true,
    });
    io.out(`${JSON.stringify({ result })}\n`);
    return exitCodes.done;
  },
};

async function readInput(file: unknown, folder: string): Promise<string> {
  if (typeof file !== 'string') return '{}';
  const path = resolve(folder, file);
  try {
    // Asked first: reading a pipe or a device would wait for ever.
    if ((await stat(path)).isFile()) return await readFile(path, 'utf8');
  } catch (error) {
    throw refuse(file, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
  throw refuse(file, 'EISDIR');
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not read it',
  EISDIR: 'it is no regular file',
  ENOENT: 'it does not exist',
};

function refuse(file: string, code: string): UsageError {
  const problem = PROBLEMS[code] ?? `it cannot be read (${code})`;
  return new UsageError({
    problem: `--input: ${file}: ${problem}.`,
    hint: 'Name a file with one JSON object.',
  });
}
