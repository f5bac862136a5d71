import {
  chooseModel,
  type Config,
  createLedger,
  findBindingCap,
  findPrice,
  type NamedModels,
  type NanoUsd,
  priceOf,
  type PriceTable,
  reserve,
  type RoutingRule,
  settle,
  type TaskClass,
  toNanoUsd,
  toScopeCaps,
  UnknownPriceError,
} from '@jarvis/core';

import type { ExpectedCall } from './expected-calls.ts';

/** What the price of a call depends on. */
export interface CallPricing {
  readonly config: { readonly models: NamedModels; readonly costs: Config['costs'] };
  readonly prices: PriceTable;
  /** The rules that choose the models, the user's before those of the dialect. Default: each role has its model. */
  readonly routing?: readonly RoutingRule[];
  /** What the task looks like, for rules that ask for it. Default: nothing is known of it. */
  readonly task?: Pick<TaskClass, 'kind' | 'complexity' | 'importance'>;
}

/**
 * What calls cost that are made one after the other, until one meets the cap of the run, of its role or of its stage.
 *
 * @throws {@link UnknownPriceError} when a model has no price.
 */
export function priceCalls(calls: readonly ExpectedCall[], pricing: CallPricing): NanoUsd {
  const { capUsd } = pricing.config.costs;
  const cap = capUsd === 'unlimited' ? undefined : toNanoUsd(capUsd);
  let ledger = createLedger(cap, toScopeCaps(pricing.config.costs));
  for (const [index, call] of calls.entries()) {
    const model = modelFor(call, pricing);
    const { role, stage } = call;
    const bearer = { role, model, ...(stage === undefined ? {} : { stage }) };
    const price = priceOfCall(call, model, pricing.prices);
    const available = findBindingCap(ledger, bearer)?.availableNanoUsd ?? Infinity;
    const [attemptId, amount] = [String(index), Math.min(price, available)];
    const reserved = reserve(ledger, { attemptId, ...bearer, reservedNanoUsd: amount });
    ledger = settle(reserved, { attemptId, bearer, amount });
    if (price > available) break;
  }
  return ledger.bookedNanoUsd;
}

/** The models calls are made to, each once. */
export function listModels(calls: readonly ExpectedCall[], pricing: CallPricing): readonly string[] {
  return [...new Set(calls.map((call) => modelFor(call, pricing)))];
}

function modelFor(call: ExpectedCall, { config, routing = [], task }: CallPricing): string {
  const { role, purpose, round, previous } = call;
  if (routing.length === 0) return config.models[role] ?? config.models.manager;
  const { kind, complexity, importance } = task ?? {};
  const question = {
    role,
    purpose,
    round,
    ...(kind === undefined ? {} : { kind }),
    ...(complexity === undefined ? {} : { complexity }),
    ...(importance === undefined ? {} : { importance }),
    ...(previous === undefined ? {} : { previous }),
  };
  return chooseModel(routing, question, config.models).model;
}

function priceOfCall(
  { inputTokens, outputTokens }: ExpectedCall,
  model: string,
  prices: PriceTable,
): NanoUsd {
  const price = findPrice(prices, model);
  if (price === undefined) throw new UnknownPriceError({ model });
  return priceOf(price, { inputTokens, cachedInputTokens: 0, outputTokens });
}
