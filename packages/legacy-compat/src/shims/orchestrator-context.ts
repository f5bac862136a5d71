import { warnDeprecated } from '../warn-deprecated.ts';
import { LegacyContext, type LegacyContextOptions } from './run/legacy-context.ts';

export type {
  CostTrackerProvider,
  GitProvider,
  LegacyProviders,
  LLMProvider,
  LoggingProvider,
} from './providers/legacy-providers.ts';
export type { LegacyContext, LegacyContextOptions } from './run/legacy-context.ts';

/**
 * What a run that is started by an old name works with: a configuration, folders, and the old providers of model,
 * costs, log and git. The others are refused, with a word on what is there instead.
 *
 * @deprecated JARVIS_DEP011: use `nodeRunContext` of `@jarvis/node`.
 */
export class OrchestratorContext extends LegacyContext {
  /** @throws {@link LegacyProviderError} when it is given a part this release does not let be replaced. */
  constructor(options: LegacyContextOptions = {}) {
    warnDeprecated('orchestrator_context.OrchestratorContext');
    super(options);
  }

  /** A context for a configuration: the content of a `project_config.json`. */
  static create_default(config?: unknown, options: LegacyContextOptions = {}): LegacyContext {
    return new this({ ...options, config });
  }
}

/**
 * The same as `OrchestratorContext.create_default`.
 *
 * @deprecated JARVIS_DEP012: use `nodeRunContext` of `@jarvis/node`.
 */
export function create_production_context(
  config?: unknown,
  options: LegacyContextOptions = {},
): LegacyContext {
  warnDeprecated('orchestrator_context.create_production_context');
  return new LegacyContext({ ...options, config });
}
