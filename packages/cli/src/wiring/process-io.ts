import { exitCodes } from '../exit-codes.ts';
import type { CliIo, StopSignal } from './cli-io.ts';

const STOP_SIGNALS: readonly StopSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** The reader of a pipe, or the terminal, is gone: nobody is left to tell. */
const READER_GONE: readonly (string | undefined)[] = ['EPIPE', 'EIO'];

/** The real process. Output that cannot be written, as in `jarvis … | head -1`, does not end the run. */
export function processIo(): CliIo {
  process.stdout.on('error', noteLostResult);
  process.stderr.on('error', () => undefined); // there is no other place to tell it
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    folder: process.cwd(),
    onStopSignal: listenForStop,
    exit: (code) => process.exit(code),
  };
}

/** A result that got lost, on a full disk for example, is a failure even when the run is done. */
function noteLostResult({ code = 'unknown' }: NodeJS.ErrnoException): void {
  if (READER_GONE.includes(code)) return;
  process.stderr.write(`jarvis: The result could not be written to standard output (${code}).\n`);
  process.exitCode ??= exitCodes.failed;
}

function listenForStop(listener: (signal: StopSignal) => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, listener);
  };
}
