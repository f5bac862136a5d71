import { readyStages, type Roadmap } from '@jarvis/roadmap';

import { asksOnly } from '../agents/open-questions.ts';
import { act, change, prepareAndPlan } from '../engine/decide.ts';
import type { Decision, DecisionLimits } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { stageOf } from '../engine/stage-inside.ts';
import { applySuggestions } from './apply-suggestions.ts';
import { endOfStages, finishRejection } from './end-of-stages.ts';
import { reopenBroken } from './find-regressions.ts';
import { splitInHalves } from './split-in-halves.ts';
import { block, divide, workOnStage } from './work-on-stage.ts';

/**
 * The supervisor divides the plan into stages on a roadmap; each is worked on, checked and audited until nothing is
 * left to mend. What breaks an earlier stage opens it again; what is suggested or wanted meanwhile changes the roadmap.
 */
export function decideAdaptive(state: RunState, limits: DecisionLimits): Decision {
  const first = prepareAndPlan(state);
  if (first !== undefined) return first;
  if (state.split === undefined) return act({ type: 'split' });

  return (
    finishRound(state, limits) ??
    finishRejection(state, limits) ??
    workOnStages(state, limits) ??
    endOfStages(state, limits)
  );
}

/** What is left to do about the last piece of work, whatever the roadmap says by now. */
function finishRound(state: RunState, limits: DecisionLimits): Decision | undefined {
  const round = state.rounds.at(-1);
  if (round?.cycle === undefined) return undefined;
  const { number } = round;
  if (limits.answersQuestions && asksOnly(round.work)) {
    return round.clarification === undefined ? act({ type: 'clarify', round: number }) : undefined;
  }
  if (round.work !== undefined && round.apply === undefined) return act({ type: 'apply', round: number });
  return round.apply?.type === 'applied' ? finishWritten(state, round, limits) : undefined;
}

function finishWritten(state: RunState, round: Round, limits: DecisionLimits): Decision | undefined {
  const { number } = round;
  if (round.checks === undefined) return act({ type: 'check', round: number });
  if (round.audit === undefined && round.failure === undefined) return act({ type: 'audit', round: number });
  if (hasOpenSuggestions(round) && limits.asksManager) return act({ type: 'decide', round: number });
  if (round.commit === undefined) return act({ type: 'commit', round: number });
  return applySuggestions(state, round) ?? reopenBroken(state, round);
}

function hasOpenSuggestions({ audit, decisions }: Round): boolean {
  return decisions === undefined && (audit?.suggestions.length ?? 0) > 0;
}

/** Repairs come first, then the stage that is at work, then the next one, and at last what could not be done before. */
function workOnStages(state: RunState, limits: DecisionLimits): Decision | undefined {
  const { roadmap, starts } = state;
  if (roadmap === undefined) return undefined;
  const unsteady = blockUnsteady(state, roadmap, limits) ?? divideHalted(state, roadmap);
  if (unsteady !== undefined) return unsteady;
  const ready = readyStages(roadmap);
  const active = new Set(roadmap.stages.filter(({ status }) => status === 'active').map(({ id }) => id));
  const current = starts.findLast(({ stageId }) => active.has(stageId))?.stageId;
  const broken = ready.find(({ id, status }) => status === 'reopened' && !waitsItsTurn(state, id, current));
  if (broken !== undefined) return start(broken.id);
  if (current !== undefined) return workOnStage(state, current, limits);

  // The parts of a stage that was divided wait like it did; nothing was tried at them.
  const next =
    ready.find(({ id, status }) => status === 'pending_retry' && stageOf(state, id).state === 'idle') ??
    ready.find(({ status }) => status === 'pending') ??
    ready.find(({ id }) => !state.retries.has(id));
  return next === undefined ? undefined : start(next.id);
}

function start(stageId: string): Decision {
  return change({ type: 'roadmap', mutation: { type: 'start', stageId }, author: 'manager' });
}

/** Stages that were opened again together, and broken by no other, are worked on one after the other. */
function waitsItsTurn(state: RunState, stageId: string, current: string | undefined): boolean {
  return current !== undefined && isWantedAgain(state, stageId) && isWantedAgain(state, current);
}

function isWantedAgain(state: RunState, stageId: string): boolean {
  const last = stageOf(state, stageId).reopenings.at(-1);
  return last !== undefined && last.source === undefined;
}

/** A stage that later ones have broken too often is not worked on again. */
function blockUnsteady(state: RunState, roadmap: Roadmap, limits: DecisionLimits): Decision | undefined {
  const { maxReopensPerStage } = limits;
  const unsteady = roadmap.stages.find(({ id, status }) => {
    if (status !== 'reopened') return false;
    const { reopenings } = stageOf(state, id);
    const byStages = reopenings.filter(({ source }) => source !== undefined);
    return reopenings.at(-1)?.source !== undefined && byStages.length > maxReopensPerStage;
  });
  if (unsteady === undefined) return undefined;
  const why = stageOf(state, unsteady.id).reason ?? '';
  return block(
    unsteady.id,
    `${why} Later stages have broken it more than ${String(maxReopensPerStage)} times, the most allowed.`.trim(),
  );
}

/** A stage that was halted to be divided, and is not divided yet. */
function divideHalted(state: RunState, roadmap: Roadmap): Decision | undefined {
  const halted = roadmap.stages.find(
    ({ id, status }) => status === 'pending_retry' && stageOf(state, id).state === 'deciding',
  );
  const halves = halted === undefined ? undefined : splitInHalves(roadmap, halted.id);
  return halves === undefined ? undefined : change(divide(halves));
}
