import { CommanderError } from 'commander';

import { createProgram } from './create-program.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { CliIo } from './wiring/cli-io.ts';

/** Where the answer to a command line goes. */
export interface AnswerPlaces {
  /** For version and help, which hold nothing but words of this package. */
  readonly tell: (text: string) => void;
  /** For everything else: it takes a moment to load. */
  readonly openIo: () => Promise<CliIo>;
}

/** Carries out a command line with no more loaded than it needs, and gives the exit code. */
export async function answerCommandLine(
  argv: readonly string[],
  { tell, openIo }: AnswerPlaces,
): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  try {
    const program = await createProgram(argv, {
      tell,
      carryOut: async (command, input) => {
        exitCode = await command.run(input, await openIo());
      },
    });
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const { reportError } = await import('./report-error.ts');
    return reportError(error, argv, await openIo());
  }
}
