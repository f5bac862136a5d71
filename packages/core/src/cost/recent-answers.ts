import type { AgentRole } from '../vocabulary/agent-role.ts';
import type { TokenUsage } from './price-table.ts';

/** How many answers of a role are remembered. */
const REMEMBERED = 5;

/** How much longer than the largest recent answer the next one may become. */
const GROWTH = 1.2;

/** The sizes of the last answers of each role in tokens, oldest first. */
export type RecentAnswers = Readonly<Partial<Record<AgentRole, readonly number[]>>>;

/** The sizes after one more answer; one without a stated size is not remembered. */
export function rememberAnswer(
  recent: RecentAnswers,
  role: AgentRole,
  usage: TokenUsage | undefined,
): RecentAnswers {
  if (usage === undefined) return recent;
  return { ...recent, [role]: [...(recent[role] ?? []), usage.outputTokens].slice(-REMEMBERED) };
}

/** What an answer has to have room for. */
export interface AnswerNeed {
  readonly role: AgentRole;
  /** The output limit one would like, in tokens. */
  readonly wanted: number;
  /** What the role, the purpose and the files to be rewritten need at least, in tokens. */
  readonly minimum: number;
}

/**
 * The limit below which an answer would be cut off, in tokens: the minimum, or 1.2 times the largest recent answer
 * of that role where that is more; never above what is wanted.
 */
export function leastUsefulOutput({ role, wanted, minimum }: AnswerNeed, recent: RecentAnswers): number {
  const largest = Math.max(0, ...(recent[role] ?? []));
  return Math.min(wanted, Math.max(minimum, Math.ceil(largest * GROWTH)));
}
