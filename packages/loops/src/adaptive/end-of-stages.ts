import { isUnsafe } from '../engine/approval.ts';
import { act, change, stop } from '../engine/decide.ts';
import type { Change, Decision, DecisionLimits } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { countThings } from '../text/count-things.ts';

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
  if (isUnsafe(round)) return afterUnsafe(state, round, limits);
  return policies.finalReview === 'none'
    ? stop('done', 'completed', `${describeStages(state)}.`)
    : stop('done', 'approved', `${describeStages(state)}, and the manager approved the work.`);
}

function describeStages({ roadmap }: RunState): string {
  const skipped = (roadmap?.stages ?? []).filter(({ status }) => status === 'skipped');
  if (skipped.length === 0) return 'Every stage is completed';
  return `Every stage is completed but those that were skipped (${skipped.map(({ brief }) => brief.name).join(', ')})`;
}

function afterRejection(state: RunState, round: Round, limits: DecisionLimits): Decision {
  const reviews = countReviews(state);
  if (reviews >= limits.maxRounds) {
    return stop(
      'partial',
      'max_rounds',
      `Not approved after ${countThings(reviews, 'review')}, the most allowed.`,
    );
  }
  const feedback = round.review?.feedback ?? [];
  const [first, ...more] = limits.policies.finalReview === 'again' ? reopenings(state, feedback) : [];
  if (first !== undefined) return change(first, ...more);
  const id = `corrections-${String(reviews)}`;
  const lines = feedback.length === 0 ? ['Do what the review asks for.'] : feedback;
  return addStage(state, { id, name: `Corrections ${String(reviews)}`, lines }, limits);
}

function countReviews({ rounds }: RunState): number {
  return rounds.filter(({ review }) => review !== undefined).length;
}

/** All stages are opened again together, before the first of them is worked on. */
export function finishRejection(state: RunState, limits: DecisionLimits): Decision | undefined {
  const review = state.rounds.at(-1)?.review;
  if (limits.policies.finalReview !== 'again' || review === undefined || review.isApproved) return undefined;
  if (countReviews(state) >= limits.maxRounds) return undefined;
  const [first, ...more] = reopenings(state, review.feedback);
  return first === undefined ? undefined : change(first, ...more);
}

function reopenings({ roadmap }: RunState, feedback: readonly string[]): readonly Change[] {
  const reason = feedback.length === 0 ? 'The review has asked for changes.' : feedback.join('\n');
  const done = (roadmap?.stages ?? []).filter(({ status }) => status === 'completed');
  return done.map(({ id: stageId }): Change => ({
    type: 'roadmap',
    mutation: { type: 'reopen', stageId, reason },
    author: 'manager',
  }));
}

/** What is unsafe at the end gets one stage of its own, and not a second one. */
function afterUnsafe(state: RunState, { safety }: Round, limits: DecisionLimits): Decision {
  const errors = (safety?.findings ?? []).filter(({ severity }) => severity === 'error');
  const lines = errors.map(({ file, description }) =>
    file === undefined ? description : `${file}: ${description}`,
  );
  const wasTried = state.rounds.slice(state.roundsBefore, -1).some(isUnsafe);
  return wasTried
    ? stop('partial', 'unsafe', `The last check still finds: ${lines.join('; ')}`)
    : addStage(state, { id: 'safety', name: 'Safety', lines }, limits);
}

interface Wish {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
}

/** A stage for what is left to do at the end, under a name that nobody has taken; none when there is no room for it. */
function addStage({ roadmap }: RunState, { id, name, lines }: Wish, { maxStages }: DecisionLimits): Decision {
  const stages = roadmap?.stages ?? [];
  if (stages.length >= maxStages) {
    const full = `There are ${String(maxStages)} stages, the most allowed; for this there is no other:`;
    return stop('partial', 'max_stages', `${full} ${lines.join('; ')}`);
  }
  const isFree = (end: string) =>
    stages.every(({ id: other, brief }) => {
      return other !== `${id}${end}` && brief.name.toLowerCase() !== `${name}${end}`.toLowerCase();
    });
  const ends = ['', ...stages.map((_stage, index) => `-${String(index + 2)}`)];
  const end = ends.find(isFree) ?? `-${String(stages.length + 2)}`;
  const brief = { name: `${name}${end}`, goal: lines.join('\n'), planSteps: [...lines], requirements: [] };
  const stage = { id: `${id}${end}`, brief };
  return change({ type: 'roadmap', mutation: { type: 'add', stage }, author: 'manager' });
}
