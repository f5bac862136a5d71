import { affordableOutputTokens } from '../cost/affordable-output.ts';
import { type CostLedger, findBindingCap } from '../cost/cost-ledger.ts';
import { CostCapReachedError, UnknownPriceError } from '../cost/cost-errors.ts';
import { findPrice, type ModelPrice, priceOf, type PriceTable, worstCaseOf } from '../cost/price-table.ts';
import { leastUsefulOutput } from '../cost/recent-answers.ts';
import type { TokenCounter } from '../cost/token-counter.ts';
import type { AttemptEnding, LlmClient, LlmRequest, LlmResponse, ReportedUsage } from './llm-client.ts';
import { isLlmError, type LlmError } from './llm-error.ts';

/** Tokens a chat message costs beside its text, and the start of the answer; generous. */
const TOKENS_PER_MESSAGE = 16;

/** What {@link withCostCap} reckons with. */
export interface CostCapOptions {
  readonly prices: PriceTable;
  readonly tokens: TokenCounter;
  /** The ledger as it stands now. */
  readonly ledger: () => CostLedger;
}

/**
 * Lets an attempt pass only when the most it can cost fits under the cap; that amount is set aside first and
 * replaced afterwards by what the server says it cost. An absurd or missing statement costs the whole reservation.
 */
export function withCostCap(client: LlmClient, options: CostCapOptions): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const { price, limit, reservedNanoUsd } = planSpending(request, options);
      const { model, role, stage } = request;
      const opening = { model, role, reservedNanoUsd, outputLimit: limit };
      const attemptId = await call.attempts.open(stage === undefined ? opening : { ...opening, stage });
      try {
        const response = await client.complete({ ...request, maxOutputTokens: limit }, call);
        call.attempts.close(attemptId, settlementOf(response, price, reservedNanoUsd));
        return limit < request.maxOutputTokens ? { ...response, isLimitLowered: true } : response;
      } catch (error) {
        // Ended from this side, nobody knows what it cost: its reservation stays, and the call is in doubt.
        if (isLlmError(error)) call.attempts.close(attemptId, failureOf(error, reservedNanoUsd));
        throw error;
      }
    },
  };
}

function planSpending(request: LlmRequest, { prices, tokens, ledger }: CostCapOptions) {
  const current = ledger();
  const binding = findBindingCap(current, request);
  const price = findPrice(prices, request.model);
  if (price === undefined && binding !== undefined) throw new UnknownPriceError({ model: request.model });

  const known = price ?? { input: 0, output: 0 };
  const available = binding?.availableNanoUsd ?? Infinity;
  const inputTokens = countInput(request, tokens);
  const { role, maxOutputTokens: wanted } = request;
  const minimum = leastUsefulOutput(
    { role, wanted, minimum: request.minOutputTokens },
    current.recentAnswers,
  );
  const limit = affordableOutputTokens({ price: known, inputTokens, wanted, minimum, available });
  if (limit === undefined) {
    const needed = worstCaseOf(known, inputTokens, minimum);
    const { scope = { type: 'run' }, capNanoUsd = 0 } = binding ?? {};
    throw new CostCapReachedError({ needed, available, cap: capNanoUsd, scope });
  }
  return { price: known, limit, reservedNanoUsd: worstCaseOf(known, inputTokens, limit) };
}

function countInput({ model, messages, replyFormat }: LlmRequest, tokens: TokenCounter): number {
  const schema =
    replyFormat.type === 'json-schema' ? tokens.count(JSON.stringify(replyFormat.schema), model) : 0;
  return messages.reduce(
    (sum, { content }) => sum + tokens.count(content, model) + TOKENS_PER_MESSAGE,
    schema,
  );
}

function settlementOf(
  { usage, text }: LlmResponse,
  price: ModelPrice,
  reservedNanoUsd: number,
): AttemptEnding {
  if (usage === undefined || !isPlausible(usage, text)) {
    return { type: 'settled', bookedNanoUsd: reservedNanoUsd };
  }
  return { type: 'settled', bookedNanoUsd: priceOf(price, usage), usage };
}

/** Whole counts, a cached part no larger than the whole, and something used where something was written. */
function isPlausible(usage: ReportedUsage, text: string): boolean {
  const { inputTokens, cachedInputTokens, cacheWriteTokens = 0, outputTokens } = usage;
  const areCounts = [inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens].every(
    (count) => Number.isSafeInteger(count) && count >= 0,
  );
  const isSaid = text === '' || (inputTokens > 0 && outputTokens > 0);
  return areCounts && isSaid && cachedInputTokens + cacheWriteTokens <= inputTokens;
}

function failureOf({ reason, status, mayBeCharged }: LlmError, reservedNanoUsd: number): AttemptEnding {
  const bookedNanoUsd = mayBeCharged ? reservedNanoUsd : 0;
  return { type: 'failed', bookedNanoUsd, reason, ...(status === undefined ? {} : { status }) };
}
