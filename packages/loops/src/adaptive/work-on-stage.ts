import type { RoadmapMutation } from '@jarvis/roadmap';
import { blastRadius, type CycleDecision, decideCycle } from '@jarvis/stages';

import { listAsked } from '../agents/open-questions.ts';
import { act, change } from '../engine/decide.ts';
import type { Change, Decision, DecisionLimits } from '../engine/decision.ts';
import { stageOf } from '../engine/stage-inside.ts';
import type { Round, RunState, StageRound } from '../engine/run-state.ts';
import { reopenUnverified } from './find-regressions.ts';
import { changedBy, guaranteesBut } from '../stage-work/guarantees.ts';
import { splitInHalves } from './split-in-halves.ts';
import { cycleLimitsOf, purseOf } from './stage-limits.ts';

/** What comes next for the stage that is at work. */
export function workOnStage(state: RunState, stageId: string, limits: DecisionLimits): Decision {
  const last = state.rounds.findLast(({ stage }) => stage === stageId);
  const outcome = last === undefined ? undefined : followOutcome(state, { ...last, stage: stageId }, limits);
  return outcome ?? nextInCycle(state, stageId, limits);
}

/** What the last work on the stage has led to, beside its findings. */
function followOutcome(state: RunState, last: StageRound, limits: DecisionLimits): Decision | undefined {
  const { stage, failure, settlement } = last;
  if (failure !== undefined) return giveUpForNow(state, stage, failure);
  const inVain = triesInVain(state, stage);
  if (inVain.length >= limits.maxAuditsPerStage) return block(stage, whyInVain(inVain));
  const { state: place } = stageOf(state, stage);
  const isSettled = place === 'completed' || place === 'awaiting_approval';
  return settlement !== undefined && isSettled ? settle(stage, settlement) : undefined;
}

function nextInCycle(state: RunState, stageId: string, limits: DecisionLimits): Decision {
  const stage = stageOf(state, stageId);
  const next = decideCycle(stage, cycleLimitsOf(state, limits), purseOf(state, stageId, limits));
  const number = state.rounds.findLast((round) => round.stage === stageId)?.number ?? 0;
  switch (next.type) {
    case 'work':
      return work(state, stageId);
    case 'fix':
      return stage.state === 'fixing'
        ? work(state, stageId)
        : change({ type: 'stage', stageId, event: { type: 'fix' } });
    case 'check':
      return act({ type: 'check', round: number });
    case 'audit':
      return act({ type: 'audit', round: number });
    case 'complete':
      return verifyRadius(state, stageId) ?? complete(stageId, undefined);
    case 'completeWithAccepted':
      return verifyRadius(state, stageId) ?? complete(stageId, next.reason);
    case 'escalate':
      return escalate(state, stageId, next);
    case 'wait':
      return act({ type: 'settle', round: number });
    case 'block':
      return block(stageId, next.reason);
    case 'over':
      return complete(stageId, undefined);
  }
}

function work(state: RunState, stageId: string): Decision {
  const cycle = state.rounds.filter(({ stage }) => stage === stageId).length + 1;
  const round = (state.rounds.at(-1)?.number ?? 0) + 1;
  return act({ type: 'work', round, stage: stageId, cycle });
}

function complete(stageId: string, note: string | undefined): Decision {
  const noted = note === undefined ? {} : { note };
  return change({ type: 'roadmap', mutation: { type: 'complete', stageId, ...noted }, author: 'supervisor' });
}

/** The stage is given up. */
export function block(stageId: string, reason: string): Decision {
  return change({
    type: 'roadmap',
    mutation: { type: 'block', stageId, reason },
    author: 'supervisor',
    reason,
  });
}

function escalate(
  state: RunState,
  stageId: string,
  { step, reason }: Extract<CycleDecision, { type: 'escalate' }>,
): Decision {
  if (step === 'ask') {
    return change({ type: 'stage', stageId, event: { type: 'ask', from: 'ladder', reason } });
  }
  const { roadmap } = state;
  const halves = step === 'split' && roadmap !== undefined ? splitInHalves(roadmap, stageId) : undefined;
  if (halves === undefined) return change({ type: 'stage', stageId, event: { type: 'escalate', step } });
  // Only a stage that is not at work can be divided.
  return change(
    { type: 'roadmap', mutation: { type: 'postpone', stageId, reason }, author: 'supervisor' },
    divide(halves),
  );
}

/** Two stages take the place of one. */
export function divide(mutation: RoadmapMutation): Change {
  return {
    type: 'roadmap',
    mutation,
    author: 'supervisor',
    reason: 'It could not be finished as one stage.',
  };
}

function settle(stageId: string, { isAccepted, by, reason }: NonNullable<Round['settlement']>): Decision {
  return isAccepted
    ? complete(stageId, `${by}: ${reason}`)
    : block(stageId, `Not accepted by ${by}: ${reason}`);
}

/** A stage whose work or audit could not be had is put off, with what there is. */
function giveUpForNow(
  state: RunState,
  stageId: string,
  { message: reason }: NonNullable<Round['failure']>,
): Decision {
  return state.retries.has(stageId)
    ? block(stageId, `Tried twice: ${reason}`)
    : change({ type: 'roadmap', mutation: { type: 'postpone', stageId, reason }, author: 'manager', reason });
}

/** Answers that were refused and questions are tries, too; those without a delivery since are bounded like audits. */
function triesInVain({ rounds, starts }: RunState, stageId: string): readonly Round[] {
  const afterRound = starts.findLast((start) => start.stageId === stageId)?.afterRound ?? 0;
  const own = rounds.filter(({ number, stage }) => stage === stageId && number > afterRound);
  const delivered = own.findLastIndex(
    ({ apply, clarification }) => apply?.type !== 'refused' && clarification === undefined,
  );
  return own.slice(delivered + 1);
}

function whyInVain(tries: readonly Round[]): string {
  const times = `${String(tries.length)} times in a row`;
  const asked = tries.findLast(({ clarification }) => clarification !== undefined);
  if (asked === undefined) return `Its files were refused ${times}.`;
  return `Nothing was handed in ${times}. It was asked: ${listAsked(asked.work).join(' ')}`;
}

/** Once a reopened stage is mended, those it may have touched are checked again, and no others. */
function verifyRadius(state: RunState, stageId: string): Decision | undefined {
  const stage = stageOf(state, stageId);
  const last = state.rounds.findLast((round) => round.stage === stageId);
  if (last === undefined || stage.reopenings.length === 0) return undefined;
  const changed = changedSinceCompleted(state, stageId);
  if (last.verified !== undefined) {
    // What was found then is past once others have worked.
    if (last.number !== state.rounds.at(-1)?.number) return undefined;
    return reopenUnverified(state, { ...last, stage: stageId }, changed);
  }
  const stages = reachOf(state, stageId, changed);
  return stages.length === 0 ? undefined : act({ type: 'verify', round: last.number, stages: [...stages] });
}

/** The files a stage has changed since it was completed: what it did before it was blocked or put off, too. */
function changedSinceCompleted({ rounds, completions }: RunState, stageId: string): readonly string[] {
  const last = completions.get(stageId) ?? 0;
  const since = rounds.filter(({ number, stage }) => stage === stageId && number > last);
  return [...new Set(since.flatMap(changedBy))];
}

function reachOf(state: RunState, stageId: string, changedFiles: readonly string[]): readonly string[] {
  const stages = (state.roadmap?.stages ?? []).map(({ id, dependsOn }) => ({
    stageId: id,
    dependsOn,
    files: stageOf(state, id).edits.map(({ path }) => path),
  }));
  const { stageIds } = blastRadius({ stageId, changedFiles }, stages, guaranteesBut(state, stageId));
  // What was never completed is checked when it is worked on.
  const completed = new Set(
    state.roadmap?.stages.filter(({ status }) => status === 'completed').map(({ id }) => id),
  );
  return stageIds.filter((id) => completed.has(id));
}
