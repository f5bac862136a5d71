import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CliIo } from './cli-io.ts';

const CODES = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

export interface StopWatch {
  /** Aborts with the first signal: no new step is taken, and the call in flight may end. */
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, if one came. */
  readonly exitCode: () => ExitCode | undefined;
  readonly dispose: () => void;
}

/** Turns the first signal into a request to stop, and the second into an end at once. */
export function watchForStop(io: CliIo): StopWatch {
  const stop = new AbortController();
  let exitCode: ExitCode | undefined;
  const dispose = io.onStopSignal((signal) => {
    if (exitCode !== undefined) io.exit(CODES[signal]);
    exitCode = CODES[signal];
    io.err('Stopping after the call in flight; once more ends at once.\n');
    stop.abort();
  });
  return { signal: stop.signal, exitCode: () => exitCode, dispose };
}
