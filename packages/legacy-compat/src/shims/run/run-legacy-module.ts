import { type Accepted, JarvisOrchestrator, type RunRecord, type RunResult } from '@jarvis/loops';
import { z } from 'zod';

import { openProjectFolder, readProjectConfig } from '../../migrate/project/project-folder.ts';
import { fromLegacyConfig } from '../../translate/from-legacy-config.ts';
import type { LegacyModule } from '../../translate/legacy-modules.ts';
import { tellProviders } from '../providers/tell-providers.ts';
import { LegacyContext, subfolderOf } from './legacy-context.ts';
import { chooseDialect, legacyVoices } from './legacy-voices.ts';
import { openLegacyContext } from './open-legacy-context.ts';
import { tellEnding } from './tell-ending.ts';

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

const lookSchema = z.looseObject({ use_visual_review: z.boolean().default(false) });

/**
 * Runs an old module by what stands in for it. A run that is not done is told, see {@link tellEnding}.
 *
 * @throws {@link LegacyConfigError} when there is no configuration, or it is none of the predecessor.
 */
export async function runLegacyModule(
  module: LegacyModule,
  { config: given, context = new LegacyContext() }: LegacyCall = {},
): Promise<LegacyRun> {
  const written = given ?? context.config ?? (await readProjectConfig(context.folder));
  const { config: translated, task = '' } = fromLegacyConfig(written, context.variables, module);
  const config = context.isSimulated ? { ...translated, llm: { simulate: true } } : translated;
  const { use_visual_review: isVisual } = lookSchema.parse(written);
  const workspace = await openProjectFolder(context.folder, subfolderOf(written));

  const { toStatus } = legacyVoices[module];
  const runContext = await openLegacyContext(context, workspace);
  try {
    const jarvis = new JarvisOrchestrator({
      config,
      dialect: chooseDialect(module, { isVisual, isSimulated: context.isSimulated }),
      context: runContext,
    });
    const { result, screening } = await follow(jarvis.stream({ task }), context);
    tellEnding(result);
    return { result, finalStatus: toStatus(result), screening };
  } finally {
    await runContext.journal.close();
  }
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
