import { exitCodes } from '../exit-codes.ts';

/** The reader of a pipe, or the terminal, is gone: nobody is left to tell. */
const READER_GONE: readonly (string | undefined)[] = ['EPIPE', 'EIO'];

/** Output that cannot be written, as in `jarvis … | head -1`, does not end the run from here on. */
export function guardOutput(): void {
  process.stdout.on('error', noteLostResult);
  process.stderr.on('error', () => undefined); // there is no other place to tell it
}

/** A result that got lost, on a full disk for example, is a failure even when the run is done. */
function noteLostResult({ code = 'unknown' }: NodeJS.ErrnoException): void {
  if (READER_GONE.includes(code)) return;
  process.stderr.write(`jarvis: The result could not be written to standard output (${code}).\n`);
  process.exitCode ??= exitCodes.failed;
}
