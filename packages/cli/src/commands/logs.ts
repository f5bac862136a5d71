import { setTimeout as sleep } from 'node:timers/promises';

import type { Journal } from '@jarvis/core';
import { readRunRecords, type RunRecord } from '@jarvis/loops';

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { renderLogLine } from '../ui/render-log-line.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { watchForStop } from '../wiring/handle-signals.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';
import { followLog } from './follow-log.ts';

/** How long a follower waits before it looks again, in milliseconds. */
const LOOK_AGAIN_MS = 200;

/** `jarvis logs <run>` */
export const logsCommand: CliCommand = {
  args: ['the id of the run'],
  options: [{ flags: '--follow', description: 'go on telling until the run stands still' }],
  examples: ['jarvis logs 20261122-160057-k3f9az --follow', 'jarvis logs 20261122-160057-k3f9az --json'],
  run: async (input, io) => {
    const runId = requireRunId(input);
    const { json, ...common } = globalOptionsSchema.parse(input.options);
    const { journal } = await openRunContext(runId, { ...common, json }, { io, keepsServer: false });
    const log: Log = { journal, runId, tell: (records) => tell(records, json, io) };
    try {
      return input.options['follow'] === true ? await follow(log, io) : await tellOnce(log);
    } finally {
      await journal.close();
    }
  },
};

interface Log {
  readonly journal: Journal;
  readonly runId: string;
  readonly tell: (records: readonly RunRecord[]) => void;
}

function tell(records: readonly RunRecord[], isJson: boolean, io: CliIo): void {
  const text = records.map((record) => renderLogLine(record, isJson)).join('');
  if (text !== '') io.out(text);
}

async function tellOnce({ journal, runId, tell: print }: Log): Promise<ExitCode> {
  print(await readRunRecords(journal, runId));
  return exitCodes.done;
}

async function follow(log: Log, io: CliIo): Promise<ExitCode> {
  const watch = watchForStop(io);
  const pause = async () => {
    await sleep(LOOK_AGAIN_MS, undefined, { signal: watch.signal }).catch(() => undefined);
    return watch.exitCode() === undefined;
  };
  try {
    const end = await followLog({ ...log, pause });
    if (end === 'abandoned') io.err(`Nobody works on the run; go on with: jarvis resume ${log.runId}\n`);
    return watch.exitCode() ?? exitCodes.done;
  } finally {
    watch.dispose();
  }
}
