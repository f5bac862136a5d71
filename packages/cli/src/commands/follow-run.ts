import type { RunRecord, RunResult } from '@jarvis/loops';

import { type ExitCode, exitCodeOfStatus } from '../exit-codes.ts';
import { renderProgress, renderResult } from '../ui/terminal-reporter.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { watchForStop } from '../wiring/handle-signals.ts';

export interface Following {
  /** Starts the run; the signal asks it to stop. */
  readonly start: (signal: AbortSignal) => AsyncGenerator<RunRecord, RunResult>;
  readonly isJson: boolean;
  /** The state directory that was given on the command line. */
  readonly stateDir: string | undefined;
}

/** Shows a run as it goes, and its result. Progress goes to standard error, the result to standard output. */
export async function followRun({ start, isJson, stateDir }: Following, io: CliIo): Promise<ExitCode> {
  const watch = watchForStop(io);
  try {
    const result = await showRecords(start(watch.signal), io);
    io.out(isJson ? `${JSON.stringify(result, null, 2)}\n` : renderResult(result, stateDir));
    return watch.exitCode() ?? exitCodeOfStatus(result.status);
  } finally {
    watch.dispose();
  }
}

async function showRecords(records: AsyncGenerator<RunRecord, RunResult>, io: CliIo): Promise<RunResult> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return next.value;
    io.err(renderProgress(next.value));
  }
}
