import { isApproved, isUnsafe } from '../engine/approval.ts';
import { act, change, stop } from '../engine/decide.ts';
import type { Change, Decision, DecisionLimits } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';

/** What follows when no stage can be worked on: a look at the whole, and the end. */
export function endOfStages(state: RunState, limits: DecisionLimits): Decision {
  const left = (state.roadmap?.stages ?? []).filter(
    ({ status }) => status !== 'completed' && status !== 'skipped',
  );
  if (left.length > 0) return endBlocked(left);
  const round = state.rounds.at(-1);
  if (round === undefined)
    return stop('partial', 'nothing_left', 'Every stage was skipped: nothing was done.');
  return lookAtWhole(state, round, limits);
}

type Stages = NonNullable<RunState['roadmap']>['stages'];

function endBlocked(left: Stages): Decision {
  const [first] = left.filter(({ status }) => status === 'blocked');
  const names = left.map(({ brief, status }) => `${brief.name} (${status.replaceAll('_', ' ')})`).join(', ');
  const why = first?.note === undefined ? '' : ` ${first.brief.name}: ${first.note}`;
  return stop('partial', 'stages_blocked', `Not finished: ${names}.${why}`);
}

function lookAtWhole(state: RunState, round: Round, limits: DecisionLimits): Decision {
  const { policies } = limits;
  if (policies.finalReview !== 'none') {
    if (round.review === undefined) return act({ type: 'review', round: round.number });
    if (!round.review.isApproved) return afterRejection(state, round, limits);
  }
  if (limits.checkBeforeEnd && round.safety === undefined) {
    return act({ type: 'prove-safety', round: round.number });
  }
  if (isUnsafe(round)) return afterUnsafe(state, round);
  return policies.finalReview === 'none'
    ? stop('done', 'completed', 'Every stage is completed.')
    : endApproved(round, limits);
}

/** The review is of today, and so is the look at everything: what the checks said of an earlier round is past. */
function endApproved(round: Round, limits: DecisionLimits): Decision {
  return isApproved(
    { number: round.number, ...(round.review === undefined ? {} : { review: round.review }) },
    limits,
  )
    ? stop('done', 'approved', 'Every stage is completed, and the manager approved the work.')
    : stop('partial', 'stages_blocked', 'Every stage is completed, and the work is not approved.');
}

function afterRejection(state: RunState, round: Round, limits: DecisionLimits): Decision {
  const reviews = state.rounds.filter(({ review }) => review !== undefined).length;
  if (reviews >= limits.maxRounds) {
    return stop('partial', 'max_rounds', `Not approved after ${String(reviews)} reviews, the most allowed.`);
  }
  const feedback = round.review?.feedback ?? [];
  if (limits.policies.finalReview === 'again') return beginAgain(state, feedback);
  return addStage(state, {
    id: `corrections-${String(reviews)}`,
    name: `Corrections ${String(reviews)}`,
    lines: feedback,
  });
}

function beginAgain({ roadmap }: RunState, feedback: readonly string[]): Decision {
  const reason = feedback.length === 0 ? 'The review has asked for changes.' : feedback.join('\n');
  const done = (roadmap?.stages ?? []).filter(({ status }) => status === 'completed');
  return change(
    ...done.map(({ id: stageId }): Change => ({
      type: 'roadmap',
      mutation: { type: 'reopen', stageId, reason },
      author: 'manager',
    })),
  );
}

/** What is unsafe at the end gets one stage of its own, and not a second one. */
function afterUnsafe(state: RunState, { safety }: Round): Decision {
  const errors = (safety?.findings ?? []).filter(({ severity }) => severity === 'error');
  const lines = errors.map(({ file, description }) =>
    file === undefined ? description : `${file}: ${description}`,
  );
  return state.roadmap?.stages.some(({ id }) => id === SAFETY_STAGE)
    ? stop('partial', 'unsafe', `The last check still finds: ${lines.join('; ')}`)
    : addStage(state, { id: SAFETY_STAGE, name: 'Safety', lines });
}

const SAFETY_STAGE = 'safety';

interface Wish {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
}

function addStage({ roadmap }: RunState, { id, name, lines }: Wish): Decision {
  const asked = lines.length === 0 ? ['Do what the review asks for.'] : lines;
  const brief = { name, goal: asked.join('\n'), planSteps: [...asked], requirements: [] };
  const taken = roadmap?.stages.some((stage) => stage.id === id || stage.brief.name === name) === true;
  if (taken) return stop('partial', 'max_rounds', `There is a stage called ${name} already.`);
  return change({ type: 'roadmap', mutation: { type: 'add', stage: { id, brief } }, author: 'manager' });
}
