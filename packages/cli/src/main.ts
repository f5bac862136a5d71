import { serializeError } from '@jarvis/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { amendCommand } from './commands/amend.ts';
import { cancelCommand } from './commands/cancel.ts';
import type { CliCommand, CliOption } from './commands/cli-command.ts';
import { configCommand } from './commands/config.ts';
import { costsCommand } from './commands/costs.ts';
import { approveCommand, rejectCommand } from './commands/decide.ts';
import { doctorCommand } from './commands/doctor.ts';
import { forkCommand } from './commands/fork.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { logsCommand } from './commands/logs.ts';
import { migrateCommand } from './commands/migrate.ts';
import { promptsCommand } from './commands/prompts.ts';
import { pruneCommand } from './commands/prune.ts';
import { restoreCommand } from './commands/restore.ts';
import { resumeCommand } from './commands/resume.ts';
import { roadmapCommand } from './commands/roadmap.ts';
import { runCommand } from './commands/run.ts';
import { showCommand } from './commands/show.ts';
import { trustCommand } from './commands/trust.ts';
import { UsageError } from './errors.ts';
import { type ExitCode, exitCodeOfError, exitCodes } from './exit-codes.ts';
import { globalOptions } from './options/global-options.ts';
import { didYouMean } from './ui/did-you-mean.ts';
import { renderError, renderErrorJson } from './ui/render-error.ts';
import { VERSION } from './version.ts';
import type { CliIo } from './wiring/cli-io.ts';

const COMMANDS = [
  initCommand,
  runCommand,
  resumeCommand,
  amendCommand,
  approveCommand,
  rejectCommand,
  cancelCommand,
  forkCommand,
  listCommand,
  showCommand,
  roadmapCommand,
  logsCommand,
  costsCommand,
  restoreCommand,
  pruneCommand,
  configCommand,
  doctorCommand,
  promptsCommand,
  trustCommand,
  migrateCommand,
];

/** Carries out a command line and gives the exit code. Nothing is thrown. */
export async function main(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    requireKnownTopic(argv);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    return reportError(toOwnError(error), argv, io);
  }
}

/** `jarvis help <command>` would show the help of everything for a command there is none of. */
function requireKnownTopic([first, topic]: readonly string[]): void {
  const known = ['help', ...COMMANDS.map(({ name }) => name)];
  if (first !== 'help' || topic === undefined || topic.startsWith('-') || known.includes(topic)) return;
  throw new UsageError({
    problem: `There is no command ${JSON.stringify(topic.slice(0, 80))}.`,
    hint: `${didYouMean(topic, known)}See what there is with: jarvis --help`,
  });
}

function createProgram(io: CliIo, onExitCode: (code: ExitCode) => void): Command {
  const program = new Command('jarvis')
    .description(
      'A team of agents works on a task in your project folder, under a cost cap, and survives crashes.',
    )
    .version(VERSION, '--version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => undefined, outputError: () => undefined });
  for (const command of COMMANDS) addCommand(program, command, { io, onExitCode });
  return program;
}

interface Wiring {
  readonly io: CliIo;
  readonly onExitCode: (code: ExitCode) => void;
}

function addCommand(program: Command, command: CliCommand, { io, onExitCode }: Wiring): void {
  const sub = program.command(command.name).description(command.summary);
  for (const { name, description } of command.args) sub.argument(`[${name}]`, description);
  for (const option of [...command.options, ...globalOptions]) sub.addOption(toOption(option));
  sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`);
  sub.action(async (...received: unknown[]) => {
    const args = received
      .slice(0, command.args.length)
      .flat()
      .filter((arg) => typeof arg === 'string');
    onExitCode(await command.run({ args, options: sub.opts() }, io));
  });
}

function toOption({ flags, description, choices, isRepeatable = false }: CliOption): Option {
  const option = new Option(flags, description);
  if (choices !== undefined) option.choices(choices);
  if (!flags.includes('<')) return option;
  if (isRepeatable) return option.argParser(collect);
  return option.argParser((value: string, before: unknown) => {
    if (choices !== undefined && !choices.includes(value)) {
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    }
    if (before !== undefined && before !== value)
      throw new InvalidArgumentError('It is given twice with different values.');
    return value;
  });
}

/** A list grows with each time its flag is given. */
function collect(value: string, before: unknown): readonly unknown[] {
  return [...(Array.isArray(before) ? (before as readonly unknown[]) : []), value];
}

function toOwnError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.code === 'commander.help') {
    return new UsageError({
      problem: 'No command was given.',
      hint: 'See what there is with: jarvis --help',
    });
  }
  const problem = error.message.replace(/^error: /u, '').replaceAll(/\s*\n\s*/gu, ' ');
  return new UsageError({ problem: `${problem.replace(/\.$/u, '')}.`, hint: 'See: jarvis --help' });
}

function reportError(error: unknown, argv: readonly string[], io: CliIo): ExitCode {
  io.err(renderError(error, { isDebug: argv.includes('--debug') }));
  if (argv.includes('--json')) io.out(renderErrorJson(error));
  return exitCodeOfError(serializeError(error).code);
}
