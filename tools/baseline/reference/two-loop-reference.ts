import { filesSummary, previousFiles, simpleTests } from './reference-site.ts';
import {
  APPROVED,
  askForPlan,
  askOnConsole,
  askUntilUsable,
  cappedInRounds,
  deliver,
  isApproval,
  managerOf,
  MINI,
  NEEDS_CHANGES,
  readConfig,
  readReview,
  type ReadReview,
  type ReferenceModule,
  renderSubject,
  type Run,
  STRONGER,
  type Usable,
  type Workshop,
} from './reference-run.ts';

/** How a round ended, as far as the next one depends on it. */
interface Outcome extends ReadReview {
  readonly isLacking: boolean;
}

/** `orchestrator_2loop`. */
export const twoLoopReference: ReferenceModule = { play: playTwoLoop, cappedStatus: cappedInRounds };

function* playTwoLoop(workshop: Workshop): Run<string> {
  const { max_rounds: maxRounds } = readConfig(workshop.scenario);
  const plan = yield* askForPlan(workshop);
  if ('status' in plan) return plan.status;
  const no = askOnConsole(workshop, { yes: ['y', 'yes'], fromWarningOn: false });
  if (no !== undefined) return no;

  let previous: Outcome | undefined;
  for (let round = 1; round <= maxRounds; round += 1) {
    const outcome: Outcome | string = yield* playRound({ workshop, plan: plan.value, round, previous });
    if (typeof outcome === 'string') return outcome;
    previous = outcome;
  }
  // An approval that was none, because the files were refused.
  return previous === undefined || isApproval(previous.word) ? NEEDS_CHANGES : previous.word;
}

interface RoundBrief {
  readonly workshop: Workshop;
  readonly plan: unknown;
  readonly round: number;
  readonly previous: Outcome | undefined;
}

/** @returns how the round ended, or the status when the run is over. */
function* playRound(brief: RoundBrief): Run<Outcome | string> {
  const { workshop, round } = brief;
  const work = yield* askForWork(brief);
  if ('status' in work) return work.status;
  const { hasWritten, refused } = deliver(workshop, work.value);
  workshop.refusedPaths = refused;
  const isRefused = refused.length > 0;

  const answer = yield* askForReview(brief);
  if ('status' in answer) return answer.status;
  const { word, feedback } = readReview(answer.value);
  const passes = simpleTests(workshop.site, workshop.scenario.config.task).all_passed;
  if (hasWritten) workshop.commits.push(renderSubject('2loop', { round, word, passes }));
  if (isApproval(word) && !isRefused) return APPROVED;
  return { word, feedback, isLacking: word === NEEDS_CHANGES || !passes || isRefused };
}

function askForWork({ workshop, plan, round, previous }: RoundBrief): Run<Usable> {
  const isStronger = (round === 2 || round === 3) && previous?.isLacking === true;
  const user = {
    task: workshop.scenario.config.task,
    plan,
    previous_files: previousFiles(workshop.site),
    feedback: previous === undefined ? null : previous.feedback,
    iteration: round,
  };
  return askUntilUsable({ role: 'employee.build', model: isStronger ? STRONGER : MINI, user });
}

function askForReview({ workshop, plan, round }: RoundBrief): Run<Usable> {
  const { task } = workshop.scenario.config;
  const user = {
    task,
    plan,
    files_summary: filesSummary(workshop.site),
    tests: simpleTests(workshop.site, task),
    browser_summary: null,
    screenshot_path: null,
    iteration: round,
  };
  return askUntilUsable({ role: 'manager.review', model: managerOf(workshop.scenario), user });
}
