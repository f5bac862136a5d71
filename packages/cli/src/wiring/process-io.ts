import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';

import { createSecretRedactor, readSecrets } from '@jarvis/node/secrets';

import type { CliIo, StopSignal } from './cli-io.ts';
import { redactedWriter } from './redacted-writer.ts';

const STOP_SIGNALS: readonly StopSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** The real process. Whatever is written, the key of the model server is not in it. */
export function processIo(): CliIo {
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

function listenForStop(listener: (signal: StopSignal) => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, listener);
  };
}
