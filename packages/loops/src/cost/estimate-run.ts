import { type AgentRole, type Config, type NanoUsd, toNanoUsd, toUsd } from '@jarvis/core';

import type { RunCost } from './cost-history.ts';
import { type Extent, extents, listExpectedCalls } from './expected-calls.ts';
import { type CallPricing, listModels, priceCalls } from './price-calls.ts';

/** From how many earlier runs on they tell more than typical sizes. */
const ENOUGH_RUNS = 3;

/** What an estimate is made from. */
export interface EstimateInput extends CallPricing {
  /** The prices that will be charged include `costs.prices`. */
  readonly config: Pick<Config, 'mode' | 'costs' | 'loop'> & CallPricing['config'];
  /** The size of the task, in tokens. */
  readonly taskTokens: number;
  /** The size of the files agents are shown, in tokens. */
  readonly projectTokens: number;
  /** What earlier runs of this project have cost, see `readCostHistory`; simulated and other ones are passed over. */
  readonly history: readonly RunCost[];
}

/** What a run will probably cost, in US dollars, and what that rests on. */
export interface RunEstimate {
  readonly lowUsd: number;
  readonly likelyUsd: number;
  /**
   * Never above the cap. From typical sizes: in modes with rounds no role and no stage is above its own; stages can be
   * tried again, divided, added and reopened until the cap ends that, so it is the cap, or `unlimited` without one.
   */
  readonly highUsd: number | 'unlimited';
  readonly capUsd: number | 'unlimited';
  readonly basis: { readonly type: 'history'; readonly runs: number } | { readonly type: 'typical' };
  /** Sentences. */
  readonly assumptions: readonly string[];
}

/**
 * Estimates what a run will cost before anything is paid: from what earlier runs like it have cost in this project,
 * or from typical sizes while there are fewer than three.
 *
 * @throws UnknownPriceError when it needs the price of a model that has none.
 */
export function estimateRun(input: EstimateInput): RunEstimate {
  const { costs } = input.config;
  const past = input.history.filter((run) => isComparable(run, input));
  const { amounts, ...rest } = past.length < ENOUGH_RUNS ? fromTypicalSizes(input) : fromHistory(past);
  const most = mostOf(input);
  const low = Math.min(amounts.low, most);
  // A dear call that meets the cap of its role early must not make the longer run look like the cheaper one.
  const likely = Math.max(low, Math.min(amounts.likely, most));
  const high = Math.max(likely, Math.min(amounts.high, most));
  return {
    lowUsd: toUsd(low),
    likelyUsd: toUsd(likely),
    highUsd: Number.isFinite(high) ? toUsd(high) : 'unlimited',
    capUsd: costs.capUsd,
    ...rest,
  };
}

/** The most a run can cost: its cap, or less where each of its roles has one. */
function mostOf({ config: { mode, costs } }: EstimateInput): NanoUsd {
  const { capUsd, roleCapsUsd } = costs;
  const roles: readonly AgentRole[] =
    mode === 'SIMPLE_2LOOP' ? ['manager', 'employee'] : ['manager', 'supervisor', 'employee'];
  const ofRoles = roles.reduce((sum, role) => sum + toNano(roleCapsUsd[role]), 0);
  return Math.min(toNano(capUsd), ofRoles);
}

function toNano(usd: number | 'unlimited' | undefined): NanoUsd {
  return typeof usd === 'number' ? toNanoUsd(usd) : Infinity;
}

type Basis = Pick<RunEstimate, 'basis' | 'assumptions'> & {
  readonly amounts: Readonly<Record<Extent, NanoUsd>>;
};

/** A run of the same kind that went its whole way, and was paid for with the same models. */
function isComparable({ mode, status, isSimulated, models }: RunCost, input: EstimateInput): boolean {
  const isWhole = status === 'done' || status === 'partial';
  if (!isWhole || isSimulated || mode !== input.config.mode) return false;
  const chosen = listModels(listCalls(input, 'high'), input);
  return models.every((model) => chosen.includes(model));
}

function fromHistory(past: readonly RunCost[]): Basis {
  const sorted = past.map(({ spentUsd }) => toNanoUsd(spentUsd)).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    amounts: { low: sorted[0] ?? 0, likely: at(0.5), high: at(0.9) },
    basis: { type: 'history', runs: past.length },
    assumptions: [
      `The cheapest, the middle and the ninth of ten of ${String(past.length)} earlier runs of this project ` +
        'in the same mode with the same models.',
    ],
  };
}

function fromTypicalSizes(input: EstimateInput): Basis {
  const { config, taskTokens, projectTokens } = input;
  const costOf = (extent: Extent) => priceCalls(listCalls(input, extent), input);
  const { low, high } = extents;
  const longest = costOf('high');
  return {
    amounts: {
      low: costOf('low'),
      likely: costOf('likely'),
      // However often free models are asked, it costs nothing.
      high: isOpenEnded(config) && longest > 0 ? Infinity : longest,
    },
    basis: { type: 'typical' },
    assumptions: [
      describeRounds(config),
      `A task of ${String(taskTokens)} tokens, files of ${String(projectTokens)} tokens, growing with every round.`,
      `Answers of employees of ${String(low.workTokens)} to ${String(high.workTokens)} tokens; nothing is cached.`,
      `Asked are ${listModels(listCalls(input, 'high'), input).join(', ')}, at the prices of ${input.prices.asOf}.`,
    ],
  };
}

/** Stages are tried again, divided, added and reopened as the work goes; all of it together is bounded by the cap. */
function isOpenEnded({ mode }: Pick<Config, 'mode'>): boolean {
  return mode === 'PHASE3' || mode === 'CONTEXT_AWARE';
}

function describeRounds({ mode, loop }: EstimateInput['config']): string {
  const all = [extents.low, extents.likely, extents.high];
  const limit = isOpenEnded({ mode }) ? loop.maxAuditsPerStage : loop.maxRounds;
  const rounds = all.map((extent) => String(Math.min(extent.rounds, limit)));
  const parts = all.map((extent) => String(extent.parts));
  const ends = 'at the low end, in between, at the high end.';
  switch (mode) {
    case 'SIMPLE_2LOOP':
      return `Rounds of work and review: ${rounds.join(', ')} ${ends}`;
    case 'LEGACY_3LOOP':
      return `Phases: ${parts.join(', ')}, and rounds over all of them: ${rounds.join(', ')}; ${ends}`;
    case 'PHASE3':
    case 'CONTEXT_AWARE':
      return (
        `Stages: ${parts.slice(0, 2).join(', ')}, and rounds of work and audit for each: ` +
        `${rounds.slice(0, 2).join(', ')}; at the low end, in between. At the high end stages are tried again, ` +
        'divided, added and reopened until the cap ends it.'
      );
  }
}

function listCalls({ config, taskTokens, projectTokens }: EstimateInput, extent: Extent) {
  const { mode, loop } = config;
  const { maxRounds, maxAuditsPerStage } = loop;
  return listExpectedCalls({ mode, maxRounds, maxAuditsPerStage, taskTokens, projectTokens }, extent);
}
