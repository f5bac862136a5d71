import { type GateFacts, type GatePlace, toUsd } from '@jarvis/core';

import type { RunState } from './run-state.ts';

/** What people are asked before an action is begun. */
export interface GateQuestion {
  readonly place: GatePlace;
  /** Tells this question from others at the same place. */
  readonly name: string;
  /** Everything the decision is about. */
  readonly subject: object;
  /** What of it a person is shown. */
  readonly shown: object;
  readonly facts: GateFacts;
  /** The run goes on when somebody says no, and takes the no into account; else that is its end. */
  readonly survivesNo?: true;
}

/** What a condition can ask for at every place. */
export function commonFacts({ accepted, ledger }: RunState): GateFacts {
  return { amountUsd: toUsd(ledger.bookedNanoUsd), isSimulated: accepted?.isSimulated ?? false };
}
