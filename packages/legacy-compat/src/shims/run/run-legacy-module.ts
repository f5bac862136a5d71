import { hasErrorCode } from '@jarvis/core';
import { type Accepted, JarvisOrchestrator, type RunRecord, type RunResult } from '@jarvis/loops';
import { z } from 'zod';

import { openProjectFolder, readProjectConfig } from '../../migrate/project/project-folder.ts';
import { fromLegacyConfig } from '../../translate/from-legacy-config.ts';
import type { LegacyModule } from '../../translate/legacy-modules.ts';
import { LegacyCallError } from '../errors.ts';
import { tellProviders } from '../providers/tell-providers.ts';
import { LegacyContext, subfolderOf } from './legacy-context.ts';
import { chooseDialect, legacyVoices } from './legacy-voices.ts';
import { openLegacyContext } from './open-legacy-context.ts';
import { tellEnding, tellPlace } from './run-warnings.ts';

/** What an old module was called with. */
export interface LegacyCall {
  /** The content of a `project_config.json`; it wins over that of the context. */
  readonly config?: unknown;
  readonly context?: LegacyContext | undefined;
}

/** What became of it. */
export interface LegacyRun {
  readonly result: RunResult;
  /** How it ended, in the words of the old module. */
  readonly finalStatus: string;
  /** What was found suspicious about the task. */
  readonly screening: Accepted['screening'];
}

const lookSchema = z.looseObject({ use_visual_review: z.boolean().nullish() });

/**
 * Runs an old module by what stands in for it. A run that is not done is told, see {@link tellEnding}.
 *
 * @throws {@link LegacyConfigError} when there is no configuration, or it is none of the predecessor.
 * @throws {@link LegacyCallError} when its folder lies elsewhere, or there is no model and no simulation is asked for.
 */
export async function runLegacyModule(
  module: LegacyModule,
  { config: given, context = new LegacyContext() }: LegacyCall = {},
): Promise<LegacyRun> {
  const written = given ?? context.config ?? (await readProjectConfig(context.folder));
  const { config: translated, task = '' } = fromLegacyConfig(written, context.variables, module);
  const config = context.isSimulated ? { ...translated, llm: { simulate: true } } : translated;
  const { use_visual_review: isVisual } = lookSchema.parse(written);
  const workspace = await openPlace(context.folder, subfolderOf(written));

  const { toStatus } = legacyVoices[module];
  const runContext = await openLegacyContext(context, workspace);
  try {
    const jarvis = new JarvisOrchestrator({
      config,
      dialect: chooseDialect(module, { isVisual: isVisual === true, isSimulated: context.isSimulated }),
      context: runContext,
    });
    const { result, screening } = await follow(jarvis.stream({ task }), context);
    tellEnding(result);
    return { result, finalStatus: toStatus(result), screening };
  } catch (error) {
    throw nameSimulation(error);
  } finally {
    await runContext.journal.close();
  }
}

/** Without a folder of its own a project works where it was started, which its files do not say. */
async function openPlace(folder: string, subfolder: string | undefined): Promise<string> {
  const workspace = await openProjectFolder(folder, subfolder ?? '.');
  if (subfolder === undefined) tellPlace(workspace);
  return workspace;
}

/** Only a caller of the old names may ask for a simulation, and in other words than those of the command line. */
function nameSimulation(error: unknown): unknown {
  if (!hasErrorCode(error, 'JARVIS_SIMULATION_UNAVAILABLE')) return error;
  return new LegacyCallError({
    problem: 'there is no key for a model',
    advice:
      'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own. To let a simulation answer: isSimulated: true ' +
      'in the options of create_default, or JARVIS_BRIDGE_SIMULATE=1 from Python.',
    cause: error,
  });
}

async function follow(
  records: AsyncGenerator<RunRecord, RunResult>,
  { providers }: LegacyContext,
): Promise<Pick<LegacyRun, 'result' | 'screening'>> {
  let screening: Accepted['screening'];
  for (;;) {
    const next = await records.next();
    if (next.done === true) return { result: next.value, screening };
    if (next.value.type === 'run.accepted') screening = next.value.data.screening;
    tellProviders(providers, next.value);
  }
}
