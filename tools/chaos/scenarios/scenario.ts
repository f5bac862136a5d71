import type { ConfigInput, ModeName } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';

import type { Brief } from './brief.ts';

/** The model every agent works with. */
export const MODEL = 'gpt-4.1-mini';

/** The key of the model server; no output may show it. */
export const API_KEY = 'sk-proj-Zk3vQ8mT1xW6bN4rY7cJ';

/** Tokens every answer is charged with. */
export const USAGE = { promptTokens: 900, completionTokens: 400 };

/** What is set about money and rounds while a run works. */
export interface Terms {
  /** The cap the run is accepted with, in US dollars. */
  readonly capUsd: number;
  /** By how much it is raised whenever the run stops for want of money. */
  readonly capRaiseUsd: number;
  /** The rounds the run is accepted with: too few, unless somebody amends it. */
  readonly acceptedRounds: number;
  /** How many another process allows while the run works. */
  readonly amendedRounds: number;
}

/** What is built in a cycle, and a model whose answers are a function of the question. */
export interface Scenario {
  readonly mode: ModeName;
  readonly task: string;
  readonly terms: Terms;
  /** The number of a moment at which work is asked for; `undefined` when nothing is posted then. */
  readonly momentOf: (brief: Brief) => number | undefined;
  /** How many such moments every run passes. */
  readonly moments: number;
  /** Whether a question fails when it is asked for the first time. */
  readonly failsFirst: (brief: Brief) => boolean;
  /** Whether the first answer is something that is not JSON. */
  readonly isUnreadable: (brief: Brief) => boolean;
  readonly answer: (brief: Brief) => object;
  /** What an undisturbed run did not do, although the scenario is there to have it done. */
  readonly findMissing: (records: readonly RunRecord[]) => readonly string[];
  /** The last round that is in the first commit. */
  readonly firstCommittedRound: number;
}

/** How the orchestrator is set up for a scenario. */
export function configOf({ mode, terms }: Scenario): ConfigInput {
  return {
    mode,
    models: { manager: MODEL, employee: MODEL, supervisor: MODEL },
    costs: { capUsd: terms.capUsd },
    loop: { maxRounds: terms.acceptedRounds },
    git: { commit: 'required' },
  };
}
