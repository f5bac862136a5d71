import type { RunResult } from '@jarvis/loops';

/** The code under which Node tells that a run is not done; `--disable-warning` takes it. */
const NOT_DONE = 'JARVIS_LEGACY_NOT_DONE';

/**
 * Says, as a warning of Node's, that a run waits, was stopped or is over without being done, and what goes on with it.
 * Most of the old names give nothing back: whoever calls them would take such a run for a finished one.
 */
export function tellEnding({ runId, status, message, nextCommand }: RunResult): void {
  if (status === 'done') return;
  const goOn =
    nextCommand === undefined || message.includes(nextCommand) ? '' : ` Go on with: ${nextCommand}`;
  process.emitWarning(`The run ${runId} is ${status}. ${message}${goOn}`, {
    type: 'JarvisRunWarning',
    code: NOT_DONE,
  });
}
