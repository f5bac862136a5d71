import type { PriceTable } from '@jarvis/core';
import type { Dialect, RunResult } from '@jarvis/loops';

import { chargedPrices } from '../../dialects/charged-prices.ts';
import { orchestratorDialect } from '../../dialects/orchestrator.ts';
import { phase3Dialect } from '../../dialects/phase3.ts';
import { threeLoopDialect, visualThreeLoopDialect } from '../../dialects/three-loop.ts';
import { twoLoopDialect } from '../../dialects/two-loop.ts';
import type { LegacyModule } from '../../translate/legacy-modules.ts';
import {
  toOrchestratorStatus,
  toPhase3Status,
  toThreeLoopStatus,
  toTwoLoopStatus,
} from '../../translate/status-codes.ts';
import { legacySimulation } from './legacy-simulation.ts';

/** How an old module spoke to its agents, and the words it ended in. */
export interface LegacyVoice {
  readonly dialect: Dialect;
  /** With `use_visual_review`, where that made a difference. */
  readonly visualDialect?: Dialect;
  readonly toStatus: (result: RunResult) => string;
}

/** The voices of the old modules. */
export const legacyVoices: Readonly<Record<LegacyModule, LegacyVoice>> = {
  orchestrator: { dialect: orchestratorDialect, toStatus: toOrchestratorStatus },
  orchestrator_2loop: { dialect: twoLoopDialect, toStatus: toTwoLoopStatus },
  orchestrator_3loop_legacy: {
    dialect: threeLoopDialect,
    visualDialect: visualThreeLoopDialect,
    toStatus: toThreeLoopStatus,
  },
  orchestrator_phase3: { dialect: phase3Dialect, toStatus: toPhase3Status },
};

/** How a run of an old module is to be carried out. */
export interface DialectWish {
  readonly isVisual: boolean;
  readonly isSimulated: boolean;
}

/** The dialect of an old module. Only one that is to be simulated can be: no run is simulated because a key is missing. */
export function chooseDialect(module: LegacyModule, { isVisual, isSimulated }: DialectWish): Dialect {
  const { dialect, visualDialect = dialect } = legacyVoices[module];
  const chosen = isVisual ? visualDialect : dialect;
  return isSimulated ? toSimulated(chosen) : chosen;
}

/** What a run was accepted with, as far as its dialect goes. */
export interface AcceptedDialect {
  /** The id of the dialect: `legacy-2loop@1`. */
  readonly dialect: string;
  readonly isSimulated: boolean;
}

/** The dialect a run was accepted under, to go on with it, if it is one of an old module. */
export function findLegacyDialect({ dialect: id, isSimulated }: AcceptedDialect): Dialect | undefined {
  const found = Object.values(legacyVoices)
    .flatMap(({ dialect, visualDialect = dialect }) => [dialect, visualDialect])
    .find((dialect) => dialect.id === id);
  return found !== undefined && isSimulated ? toSimulated(found) : found;
}

/** The same dialect with a team that costs nothing; who asks a model is decided when a run is accepted. */
function toSimulated(dialect: Dialect): Dialect {
  return { ...dialect, simulate: legacySimulation, prices: freePrices };
}

const freePrices: PriceTable = {
  ...chargedPrices,
  models: Object.fromEntries(
    Object.keys(chargedPrices.models).map((model) => [model, { input: 0, output: 0 }]),
  ),
};
