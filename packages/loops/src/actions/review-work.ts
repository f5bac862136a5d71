import { tellWork } from '../agents/open-questions.ts';
import type { ActionResult } from '../engine/action.ts';
import type { Round } from '../engine/run-state.ts';
import { roundsOfTry, tryOf } from '../engine/turns.ts';
import { type ActionScope, readProjectFiles, requirePlan, requireRound } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';
import { showFiles } from './show-files.ts';
import { showPages } from './show-pages.ts';

/** The manager reviews what the project has become. */
export async function reviewWork(scope: ActionScope, number: number): Promise<ActionResult> {
  const { accepted, dialect, coordinator, state } = scope;
  const { split } = state;
  const round = requireRound(scope, number);
  const { checks } = round;
  const works = reviewedRounds(state.rounds, round).flatMap(({ work }) => work ?? []);
  const { files, listing } = await readProjectFiles(scope);
  const plan = requirePlan(scope);
  const findings = checks?.findings ?? [];
  const shown = showFiles(
    scope,
    files,
    findings.map(({ file = '' }) => file),
  );
  const review = await askForReply(scope, {
    purpose: 'review',
    question: dialect.review,
    brief: {
      task: accepted.task,
      plan,
      round: tryOf(round),
      files: shown.files,
      ...shown.leftOut,
      ...(await showPages(scope, files)),
      summary: works.map(tellWork).join('\n'),
      ...(split === undefined ? {} : { stages: split.stages }),
      findings,
    },
    parts: { task: accepted.task, plan, files: listing, findings },
    model: coordinator.chooseModel({ role: 'manager', purpose: 'review', round }),
  });
  coordinator.giveReview(number, review);
  return { type: 'reviewed', round: number, review, ...shown.recorded };
}

/** The rounds a review is about: those of its turn, or the last one of each stage. */
function reviewedRounds(rounds: readonly Round[], round: Round): readonly Round[] {
  if (round.cycle === undefined) return roundsOfTry(rounds, round);
  return [...new Map(rounds.map((each) => [each.stage, each])).values()];
}
