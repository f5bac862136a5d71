import { access, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { requireSomebody, requireYes } from '../wiring/require-yes.ts';
import type { CliCommand } from './cli-command.ts';

const NAMES = ['jarvis.config.yaml', 'jarvis.config.yml', 'jarvis.config.json'];
const [NAME = ''] = NAMES;

/** What a project's file may say without being trusted: limits, and only tighter ones. */
const CONTENT = `# Configuration of JARVIS for this project. All keys: jarvis config --schema
# What a project sets may only tighten limits until you trust it: jarvis trust
costs:
  # The most one run may cost in US dollars.
  capUsd: 1
loop:
  # The most rounds of work and review; in mode PHASE3, the most reviews of the whole.
  maxRounds: 3
  # How often a stage is audited before something else is tried.
  maxAuditsPerStage: 3
# How the team works: SIMPLE_2LOOP, LEGACY_3LOOP, PHASE3 or CONTEXT_AWARE, which chooses by the task.
# mode: PHASE3
`;

/** `jarvis init` */
export const initCommand: CliCommand = {
  args: [],
  options: [{ flags: '--yes', description: 'do not ask' }],
  examples: ['jarvis init', 'jarvis init --yes'],
  run: async ({ options }, io) => {
    const { workspace = '.', json } = globalOptionsSchema.parse(options);
    const folder = resolve(io.folder, workspace);
    const isGiven = options['yes'] === true;
    await refuseToOverwrite(folder);
    requireSomebody({ isGiven, command: 'jarvis init --yes' }, io);
    const file = join(folder, NAME);
    const outcome = (await isWanted(file, isGiven, io)) ? await write(file) : 'refused';
    const text =
      outcome === 'written' ? `Wrote ${file}. See what applies: jarvis config` : 'Nothing was written.';
    io.out(json ? `${JSON.stringify({ outcome, file }, null, 2)}\n` : `${text}\n`);
    return exitCodes.done;
  },
};

async function refuseToOverwrite(folder: string): Promise<void> {
  for (const name of NAMES) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) throw refuse(`${path} is there already and stays as it is.`);
  }
}

function isWanted(file: string, isGiven: boolean, io: CliIo): Promise<boolean> {
  if (!isGiven) io.err(CONTENT);
  return requireYes({ question: `Write this to ${file}?`, isGiven, command: 'jarvis init --yes' }, io);
}

async function write(file: string): Promise<'written'> {
  await writeFile(file, CONTENT, { flag: 'wx' }).catch((error: unknown) => {
    throw refuse(`${file} could not be written: ${explain(error)}.`);
  });
  return 'written';
}

function refuse(problem: string): UsageError {
  return new UsageError({ problem, hint: 'See what applies in this folder: jarvis config' });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not write in this folder',
  EPERM: 'your user may not write in this folder',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'its disk is full',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'that is no folder',
};

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? `the system says ${code === '' ? String(error) : code}`;
}
