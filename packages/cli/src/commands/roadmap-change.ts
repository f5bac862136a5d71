import { JarvisOrchestrator, type PeopleMutation, readRun } from '@jarvis/loops';
import type { NodeRunContext } from '@jarvis/node';

import { UsageError } from '../errors.ts';
import { toMutation } from '../options/roadmap-mutation.ts';
import { toVersionNumber } from '../options/version-number.ts';
import { renderPosted } from '../ui/render-roadmap.ts';
import { stateDirFlag } from '../ui/state-dir-flag.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import type { RoadmapView } from './roadmap-command.ts';

/** What a part of `jarvis roadmap` that changes something may use. */
export interface RoadmapChanging extends RoadmapView {
  readonly context: NodeRunContext;
  readonly io: CliIo;
}

/** `jarvis roadmap skip <run> <stage>` and the like. */
export async function changeRoadmap(
  type: PeopleMutation['type'],
  { context, runId, names, options, isJson, io }: RoadmapChanging,
): Promise<string> {
  const author = requireAuthor(options, io);
  const ifVersion = readVersion(options['ifVersion']);
  const { roadmap } = await readRun(context.journal, runId);
  const mutation = await toMutation[type]({ names, options, folder: io.folder, roadmap });
  const { reason } = options;
  const posted = await new JarvisOrchestrator({ context }).changeRoadmap(runId, mutation, {
    author,
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(ifVersion === undefined ? {} : { ifVersion }),
  });
  return isJson
    ? `${JSON.stringify({ runId, ...posted }, null, 2)}\n`
    : renderPosted(nameRun(runId, options), posted);
}

/** The run as a command names it. */
function nameRun(runId: string, { stateDir }: RoadmapView['options']): string {
  return `${runId}${stateDirFlag(typeof stateDir === 'string' ? stateDir : undefined)}`;
}

function requireAuthor({ by }: RoadmapView['options'], { userName }: CliIo): string {
  const author = typeof by === 'string' ? by : userName;
  if (author !== undefined && author.trim() !== '') return author;
  throw new UsageError({
    problem: 'Who changes the roadmap is not known.',
    hint: 'Say it with: --by <name>',
  });
}

function readVersion(written: unknown): number | undefined {
  return typeof written === 'string' ? toVersionNumber(written, '--if-version') : undefined;
}
