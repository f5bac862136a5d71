import type { RunResult } from '@jarvis/loops';

import { visibleText } from '../../migrate/project/visible-text.ts';

// The codes under which Node tells them; `--disable-warning` takes them.
const NOT_DONE = 'JARVIS_LEGACY_NOT_DONE';
const NOTHING_WRITTEN = 'JARVIS_LEGACY_NOTHING_WRITTEN';
const NO_FOLDER = 'JARVIS_LEGACY_NO_FOLDER';
const PROVIDER_THREW = 'JARVIS_LEGACY_PROVIDER_THREW';

/**
 * Says, as a warning of Node's, that a run waits, was stopped or is over without being done, and what goes on with it.
 * Most of the old names give nothing back: whoever calls them would take such a run for a finished one. One that is done
 * without a single file is told as well.
 */
export function tellEnding(result: RunResult): void {
  const { runId, status, message, nextCommand } = result;
  if (status === 'done') {
    tellNothingWritten(result);
    return;
  }
  const goOn =
    nextCommand === undefined || message.includes(nextCommand) ? '' : ` Go on with: ${nextCommand}`;
  process.emitWarning(`The run ${runId} is ${status}. ${message}${goOn}`, {
    type: 'JarvisRunWarning',
    code: NOT_DONE,
  });
}

/** An answer without files counts as one with none, as ever: a team that answers nonsense comes to an end, too. */
function tellNothingWritten({ runId, files }: RunResult): void {
  if (files.length > 0) return;
  process.emitWarning(
    `The run ${runId} is done and has written no file: no answer held one that was new. ` +
      `See what became of it with: jarvis show ${runId}`,
    { type: 'JarvisRunWarning', code: NOTHING_WRITTEN },
  );
}

/** Once in a process is enough for each folder and each provider. */
const told = new Set<string>();

/** Says that files are written into the folder a project was started in, because its configuration names no other. */
export function tellPlace(workspace: string): void {
  if (told.has(workspace)) return;
  told.add(workspace);
  process.emitWarning(
    `The configuration names no project_subdir: files are written into ${visibleText(workspace)} itself. ` +
      'Name a folder, or "." if that is right.',
    { type: 'JarvisRunWarning', code: NO_FOLDER },
  );
}

/** Says that a provider that only looks on has thrown; the run goes on. */
export function tellThrown(provider: string, error: unknown): void {
  const about = `${provider}: ${visibleText(error instanceof Error ? error.message : String(error))}`;
  if (told.has(about)) return;
  told.add(about);
  process.emitWarning(
    `The provider ${about}. The run goes on, and this was not told to it: see jarvis logs <run>.`,
    {
      type: 'JarvisRunWarning',
      code: PROVIDER_THREW,
    },
  );
}
