import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CliIo, StopSignal } from './cli-io.ts';

const CODES = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const satisfies Record<StopSignal, ExitCode>;

export interface StopWatch {
  /** Aborts with the first signal: no new step is taken, and the call in flight may end. */
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, if one came. */
  readonly exitCode: () => ExitCode | undefined;
  readonly dispose: () => void;
}

/**
 * Turns the first signal into a request to stop, and the second into an end at once; unless the terminal went away:
 * the system and the shell both tell of that, and nobody is impatient.
 */
export function watchForStop(io: CliIo): StopWatch {
  const stop = new AbortController();
  let exitCode: ExitCode | undefined;
  const dispose = io.onStopSignal((signal) => {
    if (exitCode !== undefined) {
      if (signal !== 'SIGHUP') io.exit(CODES[signal]);
      return;
    }
    exitCode = CODES[signal];
    io.err('Stopping after the call in flight; once more ends at once.\n');
    stop.abort();
  });
  return { signal: stop.signal, exitCode: () => exitCode, dispose };
}
