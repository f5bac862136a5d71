import { createSpendingWatch, type RunRecord, type RunResult } from '@jarvis/loops';

import { type ExitCode, exitCodeOfStatus } from '../exit-codes.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { renderProgress, renderResult } from '../ui/terminal-reporter.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { watchForStop } from '../wiring/handle-signals.ts';

export interface Following {
  /** Starts the run; the signal asks it to stop. */
  readonly start: (signal: AbortSignal) => AsyncGenerator<RunRecord, RunResult>;
  readonly isJson: boolean;
  /** The state directory that was given on the command line. */
  readonly stateDir: string | undefined;
  /** Reads what a run that goes on had recorded before. Default: nothing, as for a new run. */
  readonly readPast?: () => Promise<readonly RunRecord[]>;
  /** What to tell before the work begins. */
  readonly listNotes?: () => Promise<readonly string[]>;
}

/** Shows a run as it goes, and its result. Progress goes to standard error, the result to standard output. */
export async function followRun(
  { start, isJson, stateDir, listNotes, readPast }: Following,
  io: CliIo,
): Promise<ExitCode> {
  const watch = watchForStop(io);
  try {
    const watchSpending = createSpendingWatch(await readPast?.());
    const result = await showRecords(start(watch.signal), io, { listNotes, watchSpending });
    io.out(isJson ? `${JSON.stringify(result, null, 2)}\n` : renderResult(result, stateDir));
    const stopped = result.reason === 'interrupted' ? watch.exitCode() : undefined;
    return stopped ?? exitCodeOfStatus(result.status);
  } finally {
    watch.dispose();
  }
}

/** What is told beside the progress. */
interface Telling {
  readonly listNotes: Following['listNotes'];
  readonly watchSpending: (record: RunRecord) => string | undefined;
}

async function showRecords(
  records: AsyncGenerator<RunRecord, RunResult>,
  io: CliIo,
  { listNotes, watchSpending }: Telling,
): Promise<RunResult> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return next.value;
    io.err(renderProgress(next.value));
    const warning = watchSpending(next.value);
    if (warning !== undefined) io.err(`${escapeForTerminal(warning)}\n`);
    if (next.value.type === 'run.accepted') await showNotes(io, listNotes);
  }
}

/** Notes are a courtesy: what goes wrong with them does not stop a run that was accepted. */
async function showNotes(io: CliIo, listNotes: Following['listNotes']): Promise<void> {
  const notes = (await listNotes?.().catch(() => [])) ?? [];
  for (const note of notes) io.err(`${escapeForTerminal(note)}\n`);
}
