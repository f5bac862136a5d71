import { resolve } from 'node:path';

import type { RecordingOptions } from '@jarvis/node';

import type { CliInput, CliOption } from '../commands/cli-command.ts';
import { UsageError } from '../errors.ts';

/** The flags that keep model calls in a file, and answer them out of one. */
export const recordingOptions: readonly CliOption[] = [
  { flags: '--record <file>', description: 'keep every question and answer in a file, without the key' },
  { flags: '--replay <file>', description: 'answer out of such a file and ask no server' },
];

/**
 * What the flags say about recording.
 *
 * @throws {@link UsageError} when a run is to be recorded and replayed at once.
 */
export function toRecording(
  { options: { record, replay } }: Pick<CliInput, 'options'>,
  folder: string,
): RecordingOptions | undefined {
  if (typeof record === 'string' && typeof replay === 'string') {
    throw new UsageError({
      problem: 'A run is either recorded or replayed.',
      hint: 'Keep one of --record and --replay.',
    });
  }
  if (typeof record === 'string') return { mode: 'record', file: resolve(folder, record) };
  return typeof replay === 'string' ? { mode: 'replay', file: resolve(folder, replay) } : undefined;
}

/**
 * The simulation asks no server and reads no recording.
 *
 * @throws {@link UsageError} when the flag would have no effect.
 */
export function refuseWithoutModel(recording: RecordingOptions | undefined, isSimulated: boolean): void {
  if (recording === undefined || !isSimulated) return;
  throw new UsageError({
    problem: `--${recording.mode} has no effect on a simulated run.`,
    hint: 'Set OPENAI_API_KEY or --base-url and leave --simulate out, or leave the flag out.',
  });
}
