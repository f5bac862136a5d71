import type { Finding } from '@jarvis/core';
import type { RoadmapMutation } from '@jarvis/roadmap';
import { detectRegression, type Guarantee, guaranteesTouched, type Regression } from '@jarvis/stages';

import { change } from '../engine/decide.ts';
import type { Change, Decision } from '../engine/decision.ts';
import type { Round, RunState, StageRound } from '../engine/run-state.ts';
import { citesRequirement } from '../stage-work/earlier-requirements.ts';
import { breaks, brokenGuarantees, changedBy, guaranteesBut, listEdits } from '../stage-work/guarantees.ts';

/**
 * The completed stages that the work of a round has broken are opened again; `undefined` when it has broken none.
 */
export function reopenBroken(state: RunState, round: Round): Decision | undefined {
  if (round.stage === undefined || !isPlanned(state, round.stage)) return undefined;
  const found = { checked: round.checks?.findings ?? [], audited: round.audit?.findings ?? [] };
  const regressions = findRegressions(state, { stage: round.stage, changed: changedBy(round), ...found });
  return regressions.length === 0 ? undefined : change(...regressions);
}

/** What a stage has broken was seen before it was divided or merged; since then nobody knows what was its own to do. */
function isPlanned({ roadmap }: RunState, stageId: string): boolean {
  return roadmap?.stages.some(({ id }) => id === stageId) === true;
}

/** The stages that were checked again after a reopened one was mended, and do not hold. */
export function reopenUnverified(
  state: RunState,
  { stage, verified }: StageRound,
  changed: readonly string[],
): Decision | undefined {
  const { stages = [], findings: checked = [] } = verified ?? {};
  const broken = findRegressions(state, { stage, changed, checked, audited: [] }).filter(({ mutation }) =>
    stages.includes(mutation.stageId),
  );
  return broken.length === 0 ? undefined : change(...broken);
}

interface Look {
  /** The stage that was at work. */
  readonly stage: string;
  /** The files it has changed. */
  readonly changed: readonly string[];
  readonly checked: readonly Finding[];
  readonly audited: readonly Finding[];
}

/** The changes that open the completed stages again which do not hold any more. */
function findRegressions(state: RunState, { stage, changed, checked, audited }: Look): readonly Reopening[] {
  const hasErrors = checked.some(({ severity }) => severity === 'error');
  const touched = hasErrors ? guaranteesTouched(guaranteesBut(state, stage), changed) : [];
  const broken = brokenGuarantees(touched, checked);
  if (broken.length === 0 && !audited.some(citesRequirement)) return [];
  const regressions = detectRegression({
    currentStageId: stage,
    currentRequirements: requirementsOf(state, stage),
    guarantees: broken,
    failedChecks: broken.map(({ check }) => check),
    findings: audited,
    completed: completedStages(state),
    edits: listEdits(state),
  });
  return regressions.map((regression) => toReopening(regression, { broken, checked }));
}

function completedStages({ roadmap }: RunState) {
  return (roadmap?.stages ?? [])
    .filter(({ status }) => status === 'completed')
    .map(({ id, brief }) => ({ stageId: id, requirements: brief.requirements }));
}

function requirementsOf({ roadmap }: RunState, stageId: string): readonly string[] {
  return roadmap?.stages.find(({ id }) => id === stageId)?.brief.requirements ?? [];
}

type Reopening = Extract<Change, { type: 'roadmap' }> & {
  readonly mutation: Extract<RoadmapMutation, { type: 'reopen' }>;
};

interface Broken {
  readonly broken: readonly Guarantee[];
  readonly checked: readonly Finding[];
}

/** Whoever mends it is told what was found, and where. */
function toReopening(
  { stageId, source, reason: why, findings }: Regression,
  { broken, checked }: Broken,
): Reopening {
  const own = broken.filter((guarantee) => guarantee.stageId === stageId);
  const met = checked.filter((finding) => own.some((guarantee) => breaks(finding, guarantee)));
  const reason = [why, ...[...met, ...findings].map(describe)].join('\n');
  return {
    type: 'roadmap',
    mutation: { type: 'reopen', stageId, reason },
    author: 'supervisor',
    reason,
    source: source.stageId,
  };
}

function describe({ file, description }: Finding): string {
  return file === undefined ? description : `${file}: ${description}`;
}
