import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';

import { createSecretRedactor, readSecrets } from '@jarvis/node/secrets';

import { exitCodes } from '../exit-codes.ts';
import type { CliIo, StopSignal } from './cli-io.ts';
import { redactedWriter } from './redacted-writer.ts';

const STOP_SIGNALS: readonly StopSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** The reader of a pipe, or the terminal, is gone: nobody is left to tell. */
const READER_GONE: readonly (string | undefined)[] = ['EPIPE', 'EIO'];

/**
 * The real process. Output that cannot be written, as in `jarvis … | head -1`, does not end the run. Whatever is
 * written, the key of the model server is not in it.
 */
export function processIo(): CliIo {
  process.stdout.on('error', noteLostResult);
  process.stderr.on('error', () => undefined); // there is no other place to tell it
  const redact = createSecretRedactor(readSecrets());
  const err = redactedWriter(process.stderr, redact);
  return {
    out: redactedWriter(process.stdout, redact),
    err,
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { confirm: (question: string) => askOnTerminal(redact(question)) }
      : {}),
    ...readUserName(),
    folder: process.cwd(),
    onStopSignal: listenForStop,
    exit: (code) => process.exit(code),
  };
}

/** A container may run under a user nobody has given a name. */
function readUserName(): { readonly userName?: string } {
  try {
    return { userName: userInfo().username };
  } catch {
    return {};
  }
}

/** Only `y` and `yes` are a yes; a closed terminal and an interruption are none. */
function askOnTerminal(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve(false);
    });
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^\s*y(?:es)?\s*$/iu.test(answer));
      lines.close();
    });
  });
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
