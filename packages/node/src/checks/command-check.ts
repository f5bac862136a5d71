import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, delimiter, join } from 'node:path';

import type { Check, CheckCommand, Finding } from '@jarvis/core';

import { escapeOutput } from './escape-output.ts';
import { findIsolation } from './network-isolation.ts';
import { type CommandCall, type CommandOutcome, runCommand } from './run-command.ts';

const SOURCE = 'commands';
const IS_ONLINE = ' (It could reach the network: this machine cannot keep a command from it.)';

/** What {@link commandCheck} runs and where. */
export interface CommandCheckOptions {
  /** What a person has allowed, by the configuration. */
  readonly commands: readonly CheckCommand[];
  /** The project folder. */
  readonly root: string;
  /** The search path of programs. Folders that are not absolute are left out: they would be the project's. */
  readonly path: string;
  /** Finds what to put before a command so that it reaches no network. Default: `unshare`, on Linux. */
  readonly isolate?: (path: string) => Promise<readonly string[] | undefined>;
}

/**
 * Runs the commands a person has allowed, one after the other, on the files as they lie in the project folder; one
 * that does not end with exit code 0 is an error. They run with the rights of this process but know nothing of its
 * environment: they get a search path, a language and an empty home folder, and no network where the system can do
 * without root.
 */
export function commandCheck(options: CommandCheckOptions): Check {
  const path = options.path.split(delimiter).filter(isAbsolute).join(delimiter);
  let isolation: Promise<readonly string[] | undefined> | undefined;
  return {
    id: SOURCE,
    inspect: async (_files, signal) => {
      if (options.commands.length === 0) return [];
      isolation ??= (options.isolate ?? findIsolation)(path);
      const prefix = await isolation;
      const findings: Finding[] = [];
      for (const command of options.commands) {
        const outcome = await runInHome({ ...options, path, command, prefix: prefix ?? [], signal });
        const ending = describeEnding(outcome, command);
        if (ending === undefined) continue;
        const online = prefix === undefined && findings.length === 0 ? IS_ONLINE : '';
        findings.push(toFinding(command, ending + online, outcome.output));
      }
      return findings;
    },
  };
}

interface Execution extends Pick<CommandCall, 'signal'> {
  readonly command: CheckCommand;
  readonly prefix: readonly string[];
  readonly root: string;
  readonly path: string;
}

async function runInHome({ command, prefix, root, path, signal }: Execution): Promise<CommandOutcome> {
  const [program = '', ...args] = [...prefix, ...command.command];
  const { deadlineMs, outputBytes } = command;
  const home = await mkdtemp(join(tmpdir(), 'jarvis-home-'));
  try {
    const environment = { PATH: path, HOME: home, LANG: 'C.UTF-8' };
    return await runCommand({ program, args, folder: root, environment, deadlineMs, outputBytes, signal });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function describeEnding({ ending }: CommandOutcome, { deadlineMs }: CheckCommand): string | undefined {
  switch (ending.type) {
    case 'exited':
      return ending.exitCode === 0 ? undefined : `ended with exit code ${String(ending.exitCode)}`;
    case 'killed':
      return `was ended by ${ending.by}`;
    case 'timed-out':
      return `was ended as it took longer than ${String(deadlineMs / 1_000)} s`;
    case 'not-started':
      return `could not be started (${ending.code})`;
  }
}

function toFinding({ name, command }: CheckCommand, ending: string, output: Uint8Array): Finding {
  const shown = command.join(' ').slice(0, 200);
  const written = escapeOutput(output);
  return {
    severity: 'error',
    source: SOURCE,
    rule: name,
    description: `The command ${JSON.stringify(shown)} ${ending}. ${written === '' ? 'It wrote nothing.' : `The end of what it wrote:\n${written}`}`,
    // What it wrote differs each time, with times and numbers; the finding is the same as long as the command fails.
    quote: shown,
  };
}

/** One sentence that says which commands will be run; `undefined` when there are none. */
export function describeCommands(commands: readonly CheckCommand[]): string | undefined {
  if (commands.length === 0) return undefined;
  const names = commands.map(({ name, command }) => `${name} (${command.join(' ')})`).join(', ');
  return `checks.commands: these commands are run on the work of each round, with your rights: ${names}.`;
}
