import { z } from 'zod';

import { LegacyConfigError } from '../../errors.ts';
import type { LegacyVariables } from '../../translate/legacy-variables.ts';
import {
  type GivenProviders,
  type LegacyProviders,
  requireProviders,
} from '../providers/legacy-providers.ts';

/** What a run that is started by an old name may be given. */
export interface LegacyContextOptions extends GivenProviders {
  /** The content of a `project_config.json`. Default: that file of `folder`. */
  readonly config?: unknown;
  /** Where `project_subdir` and `project_config.json` are looked for. Default: the current folder. */
  readonly folder?: string;
  /** Where runs are kept. Default: as for every other run. */
  readonly stateDirectory?: string;
  /** The models the old variables name: `{ DEFAULT_MANAGER_MODEL }`. Default: those of the old modules. */
  readonly variables?: LegacyVariables;
  /** Whether a simulation answers in place of a model. Default: no, and without a key nothing is started. */
  readonly isSimulated?: boolean;
}

/** What a run that is started by an old name works with. */
export class LegacyContext {
  readonly config: unknown;
  readonly folder: string;
  readonly stateDirectory: string | undefined;
  readonly variables: LegacyVariables;
  readonly isSimulated: boolean;
  readonly providers: LegacyProviders;

  /** @throws {@link LegacyProviderError} when it is given a part this release does not let be replaced. */
  constructor(options: LegacyContextOptions = {}) {
    const { config, folder = '.', stateDirectory, variables = {}, isSimulated = false, ...parts } = options;
    this.config = config;
    this.folder = folder;
    this.stateDirectory = stateDirectory;
    this.variables = variables;
    this.isSimulated = isSimulated;
    this.providers = requireProviders(parts);
  }

  /** Whether a part was brought along: `llm`, `cost_tracker`, `logger` or `git`. */
  is_feature_available(feature: string): boolean {
    return Object.hasOwn(this.providers, feature);
  }
}

const placeSchema = z.looseObject({ project_subdir: z.string().nullish() }).nullish();

/**
 * The folder a configuration names, seen from that of the context; `undefined` when it names none.
 *
 * @throws {@link LegacyConfigError} when it is no text.
 */
export function subfolderOf(config: unknown): string | undefined {
  const place = placeSchema.safeParse(config);
  if (!place.success) throw new LegacyConfigError({ problem: 'project_subdir: expected text' });
  return place.data?.project_subdir ?? undefined;
}
