import type { Finding } from '@jarvis/core';
import { decideReopen, detectRegression, guaranteesTouched, type Regression } from '@jarvis/stages';

import { change } from '../engine/decide.ts';
import type { Change, Decision, DecisionLimits } from '../engine/decision.ts';
import { stageOf } from '../engine/evolve-stages.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { brokenGuarantees, guaranteesBut, listEdits } from './guarantees.ts';
import { cycleLimitsOf } from './stage-limits.ts';

/**
 * The completed stages that the work of a round has broken are opened again, or blocked when that was done too often;
 * `undefined` when it has broken none.
 */
export function reopenBroken(state: RunState, round: Round, limits: DecisionLimits): Decision | undefined {
  const regressions = findRegressions(state, round, round.checks?.findings ?? []);
  return regressions.length === 0
    ? undefined
    : change(...regressions.flatMap((each) => follow(state, each, limits)));
}

/** The stages that were checked again and do not hold. */
export function reopenUnverified(
  state: RunState,
  round: Round,
  limits: DecisionLimits,
): Decision | undefined {
  const { stages = [], findings = [] } = round.verified ?? {};
  const broken = findRegressions(state, { ...round, audit: undefined }, findings).filter(({ stageId }) =>
    stages.includes(stageId),
  );
  return broken.length === 0 ? undefined : change(...broken.flatMap((each) => follow(state, each, limits)));
}

type Look = Pick<Round, 'stage' | 'apply'> & { readonly audit?: Round['audit'] | undefined };

function findRegressions(
  state: RunState,
  { stage = '', apply, audit }: Look,
  findings: readonly Finding[],
): readonly Regression[] {
  const changed = apply?.type === 'applied' ? [...apply.paths, ...(apply.deleted ?? [])] : [];
  const touched = guaranteesTouched(guaranteesBut(state, stage), changed);
  const broken = brokenGuarantees(touched, findings);
  return detectRegression({
    currentStageId: stage,
    currentRequirements: requirementsOf(state, stage),
    guarantees: broken,
    failedChecks: broken.map(({ check }) => check),
    findings: audit?.findings ?? [],
    completed: completedStages(state),
    edits: listEdits(state),
  });
}

function completedStages({ roadmap }: RunState) {
  return (roadmap?.stages ?? [])
    .filter(({ status }) => status === 'completed')
    .map(({ id, brief }) => ({ stageId: id, requirements: brief.requirements }));
}

function requirementsOf({ roadmap }: RunState, stageId: string): readonly string[] {
  return roadmap?.stages.find(({ id }) => id === stageId)?.brief.requirements ?? [];
}

function follow(
  state: RunState,
  { stageId, source, reason }: Regression,
  limits: DecisionLimits,
): readonly Change[] {
  const stage = stageOf(state, stageId);
  const decision = decideReopen(stage, cycleLimitsOf(state, limits));
  const reopen: Change = {
    type: 'roadmap',
    mutation: { type: 'reopen', stageId, reason },
    author: 'supervisor',
    reason,
    source: source.stageId,
  };
  if (decision.type === 'reopen') return [reopen];
  const why = `${reason} ${decision.reason}`;
  return [
    reopen,
    { type: 'roadmap', mutation: { type: 'block', stageId, reason: why }, author: 'supervisor', reason: why },
  ];
}
