import { Command, InvalidArgumentError, Option } from 'commander';

import type { CliCommand, CliInput, CliOption } from './commands/cli-command.ts';
import { commandTable, findListed, type ListedCommand } from './commands/command-table.ts';
import { globalFlags } from './options/global-flags.ts';
import { VERSION } from './version.ts';

/** What a program does with what it understood. */
export interface ProgramActions {
  readonly tell: (text: string) => void;
  readonly carryOut: (command: CliCommand, input: CliInput) => Promise<void>;
}

/**
 * The program that understands a command line. Commands are there by their names; the one that is called, or that
 * help is asked about, is loaded.
 *
 * @throws {@link UsageError} when help is asked about a command there is none of.
 */
export async function createProgram(argv: readonly string[], actions: ProgramActions): Promise<Command> {
  const program = new Command('jarvis')
    .description(
      'A team of agents works on a task in your project folder, under a cost cap, and survives crashes.',
    )
    .version(VERSION, '--version')
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ subcommandTerm: (sub) => `${sub.name()} ${sub.usage()}` })
    .configureOutput({ writeOut: actions.tell, writeErr: () => undefined, outputError: () => undefined })
    .hook('preSubcommand', (_, sub) => loadInto(sub, findListed(sub.name()), actions));
  for (const { name, summary, args } of commandTable) {
    const sub = program.command(name).description(summary);
    for (const arg of args) sub.argument(`[${arg}]`);
  }
  await loadTopic(program, argv, actions);
  return program;
}

/** The help of a command is asked for without calling it. */
async function loadTopic(program: Command, argv: readonly string[], actions: ProgramActions): Promise<void> {
  const [first, topic] = argv.filter((word) => !word.startsWith('-'));
  if (first !== 'help' || topic === undefined) return;
  const sub = program.commands.find((command) => command.name() === topic);
  if (sub !== undefined) {
    await loadInto(sub, findListed(topic), actions);
  } else if (argv[0] === 'help' && argv[1] === topic && topic !== 'help') {
    // The help of everything would be shown for it.
    const { unknownTopicError } = await import('./report-error.ts');
    throw unknownTopicError(topic);
  }
}

async function loadInto(
  sub: Command,
  listed: ListedCommand | undefined,
  { carryOut }: ProgramActions,
): Promise<void> {
  if (listed === undefined) return;
  const command = await listed.load();
  for (const [at, argument] of sub.registeredArguments.entries())
    argument.description = command.args[at] ?? '';
  for (const option of [...command.options, ...globalFlags]) sub.addOption(toOption(option));
  sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`);
  sub.action(async (...received: unknown[]) => {
    const args = received
      .slice(0, listed.args.length)
      .flat()
      .filter((arg) => typeof arg === 'string');
    await carryOut(command, { args, options: sub.opts() });
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
