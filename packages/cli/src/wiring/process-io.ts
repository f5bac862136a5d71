import type { CliIo } from './cli-io.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The real process. A reader that goes away (`jarvis … | head -1`) does not end the run. */
export function processIo(): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
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

function listenForStop(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, listener);
  };
}
