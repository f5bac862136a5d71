import { serializeError } from '@jarvis/core';
import { CommanderError } from 'commander';

import { commandTable } from './commands/command-table.ts';
import { UsageError } from './errors.ts';
import { type ExitCode, exitCodeOfError } from './exit-codes.ts';
import { didYouMean } from './ui/did-you-mean.ts';
import { renderError, renderErrorJson } from './ui/render-error.ts';
import type { CliIo } from './wiring/cli-io.ts';

/** Tells what ended a command, and gives the exit code for it. */
export function reportError(thrown: unknown, argv: readonly string[], io: CliIo): ExitCode {
  const error = toOwnError(thrown);
  io.err(renderError(error, { isDebug: argv.includes('--debug') }));
  if (argv.includes('--json')) io.out(renderErrorJson(error));
  return exitCodeOfError(serializeError(error).code);
}

/** The error for `jarvis help <topic>` where there is no such command. */
export function unknownTopicError(topic: string): UsageError {
  const known = ['help', ...commandTable.map(({ name }) => name)];
  return new UsageError({
    problem: `There is no command ${JSON.stringify(topic.slice(0, 80))}.`,
    hint: `${didYouMean(topic, known)}See what there is with: jarvis --help`,
  });
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
