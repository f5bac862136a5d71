import { decideCycle } from '../src/cycle/decide-cycle.ts';
import type { CycleDecision } from '../src/cycle/decide-cycle.ts';
import type { CycleLimits } from '../src/cycle/cycle-limits.ts';
import type { LadderPurse } from '../src/cycle/ladder.ts';
import { evolveStage, newStage } from '../src/evolve-stage.ts';
import type { StageSnapshot } from '../src/evolve-stage.ts';
import type { AuditRound } from '../src/cycle/detect-no-progress.ts';
import type { StageEvent } from '../src/machine/stage-event.ts';

export const PURSE: LadderPurse = {
  leftNanoUsd: 1_000_000,
  spentNanoUsd: 0,
  costNanoUsd: { other_instructions: 1_000, stronger_model: 2_000, split: 3_000 },
};

/** A round of work that is still to come. */
export type Turn = Pick<AuditRound, 'contentHash' | 'diffHash' | 'findings'>;

/** The stage after what was decided has been done; whoever is asked rejects. */
export function carryOut(
  stage: StageSnapshot,
  decision: CycleDecision,
  turn: Turn = { contentHash: 'next', findings: [] },
): StageSnapshot {
  return eventsFor(stage, decision, turn).reduce(evolveStage, stage);
}

/** The decisions for work of which the rounds come out like this, up to the end of the stage or of the rounds. */
export function followCycle(
  turns: readonly Turn[],
  limits: Partial<CycleLimits> = {},
  purse = PURSE,
): readonly CycleDecision[] {
  const decisions: CycleDecision[] = [];
  const left = [...turns];
  let stage = newStage;
  let turn: Turn | undefined;
  for (;;) {
    const decision = decideCycle(stage, limits, purse);
    decisions.push(decision);
    if (decision.type === 'work' || decision.type === 'fix' || decision.type === 'wait') turn = left.shift();
    if (decision.type === 'over' || turn === undefined) return decisions;
    stage = carryOut(stage, decision, turn);
  }
}

function eventsFor(stage: StageSnapshot, decision: CycleDecision, turn: Turn): readonly StageEvent[] {
  const { contentHash, diffHash, findings = [] } = turn;
  const deliver = { type: 'deliver', contentHash, ...(diffHash === undefined ? {} : { diffHash }) } as const;
  const delivered = stage.contentHash ?? contentHash;
  switch (decision.type) {
    case 'work':
      return stage.state === 'idle' ? [{ type: 'start' }, deliver] : [deliver];
    case 'check':
      return [{ type: 'check', contentHash: delivered, findings: [], passed: [] }];
    case 'audit':
      return [{ type: 'audit', contentHash: delivered, findings }];
    case 'fix':
      return stage.state === 'deciding' ? [{ type: 'fix' }, deliver] : [deliver];
    case 'complete':
      return [{ type: 'complete' }];
    case 'completeWithAccepted':
      return [{ type: 'complete', acceptReason: decision.reason }];
    case 'escalate':
      return decision.step === 'ask'
        ? [{ type: 'ask', from: 'ladder', reason: decision.reason }]
        : [{ type: 'escalate', step: decision.step }];
    case 'block':
      return [{ type: 'block', reason: decision.reason }];
    case 'wait':
      return [{ type: 'reject', reason: 'It has to be right.' }, deliver];
    case 'over':
      return [];
  }
}
