import { LegacyProviderError } from '../errors.ts';

/** The old way to ask a model: the answer as an object, or as its text. */
export interface LLMProvider {
  chat_json(
    role: string,
    system_prompt: string,
    user_content: string,
    options: { readonly model: string },
  ): unknown;
}

/** Who was told of every paid answer. */
export interface CostTrackerProvider {
  register_call(role: string, model: string, prompt_tokens: number, completion_tokens: number): unknown;
}

/** Who was told what happens in a run. What it gives back is not looked at. */
export interface LoggingProvider {
  log_event(run_id: string, event_type: string, payload: Readonly<Record<string, unknown>>): unknown;
}

/** The old way to make a repository and to commit everything in it. */
export interface GitProvider {
  init_repo(path: string): unknown;
  commit_all(path: string, message: string): unknown;
}

/** The old parts a caller may still bring along. */
export interface LegacyProviders {
  readonly llm?: LLMProvider;
  readonly cost_tracker?: CostTrackerProvider;
  readonly logger?: LoggingProvider;
  readonly git?: GitProvider;
}

/** The same as a caller may hand them over. */
export type GivenProviders = { readonly [Name in keyof LegacyProviders]?: LegacyProviders[Name] | null };

const METHODS: Readonly<Record<keyof LegacyProviders, readonly string[]>> = {
  llm: ['chat_json'],
  cost_tracker: ['register_call'],
  logger: ['log_event'],
  git: ['init_repo', 'commit_all'],
};

/** What is there instead of the parts that cannot be brought along any more. */
const REPLACED: Readonly<Record<string, string>> = {
  exec_tools: 'Commands are run by checks.commands of the configuration.',
  inter_agent_bus: "Agents talk on the bus of '@jarvis/bus', see createBus.",
  memory_store: "Memory is a fold over the journal, see OrchestratorMemory of '@jarvis/loops'.",
  prompts: 'Prompts of your own are named by prompts.overrides of the configuration.',
  run_logger: "Runs are in the journal, see readRun of '@jarvis/loops'.",
};

/** What is there instead of a part nobody knows. */
const UNKNOWN = `There are ${Object.keys(METHODS).join(', ')}; leave the others out.`;

/**
 * Looks at the parts a caller brings along, and gives those back that are used. What is `null` counts as not given.
 *
 * @throws {@link LegacyProviderError} when one is not looked at any more, or has not the methods that are called.
 */
export function requireProviders(given: GivenProviders): LegacyProviders {
  const parts: Readonly<Record<string, unknown>> = { ...given };
  for (const [provider, value] of Object.entries(parts)) {
    if (value !== undefined && value !== null) requireMethods(provider, value);
  }
  const { llm, cost_tracker, logger, git } = given;
  return {
    ...(llm ? { llm } : {}),
    ...(cost_tracker ? { cost_tracker } : {}),
    ...(logger ? { logger } : {}),
    ...(git ? { git } : {}),
  };
}

function requireMethods(provider: string, value: unknown): void {
  const methods = new Map(Object.entries(METHODS)).get(provider);
  if (methods === undefined) {
    const advice = new Map(Object.entries(REPLACED)).get(provider);
    const problem = advice === undefined ? 'nothing here asks it' : 'this release has its own';
    throw new LegacyProviderError({ provider, problem, advice: advice ?? UNKNOWN });
  }
  const missing = methods.filter((method) => !hasMethod(value, method));
  if (missing.length === 0) return;
  throw new LegacyProviderError({
    provider,
    problem: `it has no method ${missing.join(', ')}`,
    advice: 'Add it, or leave the provider out.',
  });
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}
