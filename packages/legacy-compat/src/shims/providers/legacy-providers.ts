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
  register_call(role: string, model: string, prompt_tokens: number, completion_tokens: number): void;
}

/** Who was told what happens in a run. */
export interface LoggingProvider {
  log_event(run_id: string, event_type: string, payload: Readonly<Record<string, unknown>>): void;
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

/**
 * Looks at the parts a caller brings along.
 *
 * @throws {@link LegacyProviderError} when one is not looked at any more, or has not the methods that are called.
 */
export function requireProviders(given: Readonly<Record<string, unknown>>): void {
  for (const [provider, advice] of Object.entries(REPLACED)) {
    if (given[provider] === undefined) continue;
    throw new LegacyProviderError({ provider, problem: 'this release has its own', advice });
  }
  for (const [provider, methods] of Object.entries(METHODS))
    requireMethods(provider, given[provider], methods);
}

function requireMethods(provider: string, value: unknown, methods: readonly string[]): void {
  if (value === undefined) return;
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
