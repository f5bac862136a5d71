import { resolve } from 'node:path';

import { parseConfig } from '@jarvis/core';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import type { Migration } from './migration.ts';

const VARIABLES = ['DEFAULT_MANAGER_MODEL', 'DEFAULT_SUPERVISOR_MODEL'] as const;

/** `jarvis migrate config <file>` */
export const migrateConfig: Migration = {
  name: 'config',
  target: 'the old project_config.json, or the same as .yaml',
  options: [
    {
      flags: '--module <name>',
      description: 'config: the old module that ran the project, such as orchestrator_2loop',
    },
  ],
  example: 'jarvis migrate config project_config.json',
  run: async (target, options, io) => {
    const { legacyModuleNames, migrateConfigFile } = await import('@jarvis/legacy-compat/migrate');
    const module = chooseFrom(legacyModuleNames, options['module']);
    const { config, task, notes } = await migrateConfigFile(resolve(io.folder, target), {
      variables: readVariables(),
      module,
    });
    // What the old side tolerated, text for a number for example, is told here rather than by the first run.
    parseConfig(config, target);
    for (const note of [...notes, ...noteOnTask(task)]) io.err(escapeForTerminal(`${note}\n`));
    io.out(`${JSON.stringify(config, null, 2)}\n`);
    return exitCodes.done;
  },
};

/** A configuration holds no task: it is given with each run. */
function noteOnTask(task: string | undefined): readonly string[] {
  if (task === undefined) return [];
  return [
    `task: not part of a configuration; give it to the run: jarvis run --config <the new file> ${showTask(task)}`,
  ];
}

/** In single quotes a shell changes nothing. */
function showTask(task: string): string {
  const isShort = task.length <= 120 && !/[\p{Cc}']/u.test(task);
  return isShort ? `'${task}'` : '"<task>"';
}

function chooseFrom<Name extends string>(names: readonly Name[], given: unknown): Name | undefined {
  if (typeof given !== 'string') return undefined;
  const name = names.find((one) => one === given.replace(/\.py$/u, ''));
  if (name !== undefined) return name;
  throw new UsageError({
    problem: `--module: ${JSON.stringify(given.slice(0, 80))} is none of the old modules.`,
    hint: `Choose one of: ${names.join(', ')}`,
  });
}

/** What the old modules took from the environment; a variable without a value counts as not there. */
function readVariables(): Readonly<Partial<Record<(typeof VARIABLES)[number], string>>> {
  const found = VARIABLES.map((name) => [name, process.env[name]?.trim() ?? ''] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}
