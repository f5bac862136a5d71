import { answerCommandLine } from './answer-command-line.ts';
import type { ExitCode } from './exit-codes.ts';
import type { CliIo } from './wiring/cli-io.ts';

/** Carries out a command line and gives the exit code. Nothing is thrown. */
export function main(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  return answerCommandLine(argv, { tell: io.out, openIo: () => Promise.resolve(io) });
}
