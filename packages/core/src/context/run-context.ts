import type { Config } from '../config/config-schema.ts';
import { type CostLedger, hasCap } from '../cost/cost-ledger.ts';
import { findPrice, type PriceTable } from '../cost/price-table.ts';
import type { TokenCounter } from '../cost/token-counter.ts';
import type { RetryPolicy } from '../durable/retry-policy.ts';
import type { GitRepository } from '../git/git-repository.ts';
import type { Journal } from '../journal/journal.ts';
import type { Circuits } from '../llm/circuit.ts';
import type { LlmClient } from '../llm/llm-client.ts';
import { refuseKnownSecrets } from '../llm/refuse-known-secrets.ts';
import type { ReplyCache } from '../llm/reply-cache.ts';
import type { ReplyParser } from '../llm/reply-parser.ts';
import { withCache } from '../llm/with-cache.ts';
import { withCircuit } from '../llm/with-circuit.ts';
import { withCostCap } from '../llm/with-cost-cap.ts';
import { withDeadline } from '../llm/with-deadline.ts';
import { type ModelFallbacks, withFallback } from '../llm/with-fallback.ts';
import { withGrace } from '../llm/with-grace.ts';
import { withRetry } from '../llm/with-retry.ts';
import type { Logger } from '../logging/logger.ts';
import type { PageReader } from '../pages/page-summary.ts';
import type { PromptTemplate } from '../prompts/prompt-template.ts';
import type { Check } from '../safety/check.ts';
import type { SecretScanner } from '../secrets/secret-scanner.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Clock } from './clock.ts';
import type { CrashPoint } from './crash-point.ts';
import type { IdSource } from './id-source.ts';

/** Everything a run needs of the world. Made once per project folder; a function takes the slice it uses. */
export interface RunContext {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly journal: Journal;
  readonly workspace: Workspace;
  readonly git: GitRepository;
  readonly checks: readonly Check[];
  readonly secrets: SecretScanner;
  /** Tells what is on the pages of the project. Left out where nobody can. */
  readonly pages?: PageReader;
  /** Left out when no server is configured: then only simulated runs are possible. */
  readonly llm?: LlmClient;
  /**
   * Looks, without paying or sending anything, whether the model server can be reached.
   *
   * @throws {@link LlmError} with the reason `connection_refused`.
   */
  readonly probeLlm: () => Promise<void>;
  /** What is known of the servers that are asked. Left out where one may be asked however often it has failed. */
  readonly circuits?: Circuits;
  /** The answers that are kept for the same question. Left out when each is to be asked for. */
  readonly replyCache?: ReplyCache;
  /**
   * Reads the prompts of the user's that files hold, by the id of the prompt each replaces. Left out where there are none.
   *
   * @throws PromptRefusedError when a file cannot be read, or holds another prompt.
   */
  readonly readPromptOverrides?: (
    files: Readonly<Record<string, string>>,
  ) => Promise<readonly PromptTemplate[]>;
  readonly tokens: TokenCounter;
  readonly replyParser: ReplyParser;
  readonly logger: Logger;
  readonly crashPoint: CrashPoint;
  /** The configuration as it applies to this project folder, before what a caller adds in code. */
  readonly config: Config;
  readonly signal: AbortSignal;
}

/** What {@link guardedLlm} holds every call to. */
export interface ModelCallPolicies {
  readonly llm: LlmClient;
  readonly prices: PriceTable;
  readonly ledger: () => CostLedger;
  readonly retry: RetryPolicy;
  /** The longest one exchange may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Who stands in for a model that gives no answer. Default: nobody. */
  readonly fallbacks?: ModelFallbacks;
}

/**
 * Puts the decorators of a model call into their one order, outermost first: cache, fallback, retry, circuit, cost
 * cap, known secrets, grace, deadline, client. So every attempt passes the cap and has a deadline of its own, none is
 * begun after the call was aborted, and an answer with a secret in it is paid for but goes no further.
 * The journal goes around it, see `withJournal`.
 */
export function guardedLlm(
  context: Pick<RunContext, 'clock' | 'tokens' | 'secrets' | 'circuits' | 'replyCache'>,
  policies: ModelCallPolicies,
): LlmClient {
  const { clock, tokens, secrets, circuits, replyCache } = context;
  const { llm, prices, ledger, retry, deadlineMs, fallbacks = {} } = policies;
  const timed = withGrace(withDeadline(llm, deadlineMs, clock), clock);
  const safe = refuseKnownSecrets(timed, secrets);
  const capped = withCostCap(safe, { prices, tokens, ledger });
  const spared = circuits === undefined ? capped : withCircuit(capped, circuits.of(llm), clock);
  const retried = withRetry(spared, retry, clock);
  const isUsable = (model: string) => !hasCap(ledger()) || findPrice(prices, model) !== undefined;
  const chained = withFallback(retried, { fallbacks, isUsable });
  return replyCache === undefined ? chained : withCache(chained, replyCache);
}
