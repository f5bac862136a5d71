import type { CostLedger } from '../cost/cost-ledger.ts';
import type { PriceTable } from '../cost/price-table.ts';
import type { TokenCounter } from '../cost/token-counter.ts';
import type { RetryPolicy } from '../durable/retry-policy.ts';
import type { GitRepository } from '../git/git-repository.ts';
import type { Journal } from '../journal/journal.ts';
import type { LlmClient } from '../llm/llm-client.ts';
import type { ReplyParser } from '../llm/reply-parser.ts';
import { withCostCap } from '../llm/with-cost-cap.ts';
import { withDeadline } from '../llm/with-deadline.ts';
import { withRetry } from '../llm/with-retry.ts';
import type { Logger } from '../logging/logger.ts';
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
  readonly llm: LlmClient;
  /** Whether `llm` is the built-in simulation. */
  readonly isSimulated: boolean;
  readonly tokens: TokenCounter;
  readonly replyParser: ReplyParser;
  readonly logger: Logger;
  readonly crashPoint: CrashPoint;
  readonly signal: AbortSignal;
}

export interface ModelCallPolicies {
  readonly prices: PriceTable;
  readonly ledger: () => CostLedger;
  readonly retry: RetryPolicy;
  /** The longest one exchange may take, in milliseconds. */
  readonly deadlineMs: number;
}

/**
 * Puts the decorators of a model call into their one order, outermost first: retry, cost cap, deadline, client.
 * So every attempt passes the cap and has a deadline of its own. The journal goes around it, see `withJournal`.
 */
export function guardedLlm(context: Pick<RunContext, 'llm' | 'clock' | 'tokens'>, policies: ModelCallPolicies): LlmClient {
  const { llm, clock, tokens } = context;
  const timed = withDeadline(llm, policies.deadlineMs, clock);
  const capped = withCostCap(timed, { prices: policies.prices, tokens, ledger: policies.ledger });
  return withRetry(capped, policies.retry, clock);
}
