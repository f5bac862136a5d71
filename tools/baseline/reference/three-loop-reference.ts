import { browserSummary } from './reference-browser.ts';
import { askForPhases } from './reference-phases.ts';
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
  type ReferenceModule,
  renderSubject,
  type Run,
  STRONGER,
  type Usable,
  type Workshop,
} from './reference-run.ts';
import { safetyLines } from './reference-safety.ts';
import { filesSummary, previousFiles, simpleTests } from './reference-site.ts';

/** `orchestrator_3loop_legacy`. */
export const threeLoopReference: ReferenceModule = { play: playThreeLoop, cappedStatus: cappedInRounds };

/** How a round ended, as far as the next one depends on it. */
interface Outcome {
  readonly word: string;
  readonly feedback: unknown;
  readonly isLacking: boolean;
  readonly isUnsafe: boolean;
}

interface Project {
  readonly workshop: Workshop;
  readonly plan: unknown;
  readonly phases: readonly unknown[];
}

function* playThreeLoop(workshop: Workshop): Run<string> {
  const plan = yield* askForPlan(workshop);
  if ('status' in plan) return plan.status;
  const division = yield* askForPhases(workshop, plan.value);
  if ('status' in division) return division.status;
  const no = askOnConsole(workshop, { yes: ['y', 'yes'], fromWarningOn: false });
  if (no !== undefined) return no;

  return yield* playRounds({ workshop, plan: plan.value, phases: division.phases });
}

function* playRounds(project: Project): Run<string> {
  const { max_rounds: maxRounds } = readConfig(project.workshop.scenario);
  let previous: Outcome | undefined;
  // What is unsafe in the last round gets one more.
  for (let round = 1; round <= maxRounds || (round === maxRounds + 1 && previous?.isUnsafe); round += 1) {
    const outcome: Outcome | string = yield* playRound(project, round, previous);
    if (typeof outcome === 'string') return outcome;
    previous = outcome;
  }
  if (previous?.isUnsafe === true) return 'failed_safety_unresolved';
  return previous === undefined || isApproval(previous.word) ? NEEDS_CHANGES : previous.word;
}

function* playRound(project: Project, round: number, previous: Outcome | undefined): Run<Outcome | string> {
  const { workshop } = project;
  const refused: string[] = [];
  let hasWritten = false;
  for (const phase of project.phases) {
    const work = yield* askForWork(project, { phase, round, previous });
    if ('status' in work) return work.status;
    const delivery = deliver(workshop, work.value);
    refused.push(...delivery.refused);
    hasWritten ||= delivery.hasWritten;
  }
  workshop.refusedPaths = refused;
  const answer = yield* askForReview(project, round);
  return 'status' in answer
    ? answer.status
    : endRound(workshop, answer.value, { round, refused, hasWritten });
}

interface Delivered {
  readonly round: number;
  readonly refused: readonly string[];
  readonly hasWritten: boolean;
}

function endRound(
  workshop: Workshop,
  answer: unknown,
  { round, refused, hasWritten }: Delivered,
): Outcome | string {
  const review = readReview(answer);
  const isGood = isApproval(review.word) && refused.length === 0;
  const report = isGood || isLast(workshop, round) ? reportSafety(workshop) : [];
  const isUnsafe = report.length > 0;
  const word = isUnsafe ? NEEDS_CHANGES : review.word;
  const passes = simpleTests(workshop.site, workshop.scenario.config.task).all_passed;
  if (hasWritten) workshop.commits.push(renderSubject('3loop', { round, word, passes }));
  if (isGood && !isUnsafe) return APPROVED;
  const isLacking = word === NEEDS_CHANGES || !passes || refused.length > 0;
  return { word, feedback: append(review.feedback, report), isLacking, isUnsafe };
}

function isLast({ scenario }: Workshop, round: number): boolean {
  return round >= readConfig(scenario).max_rounds;
}

function reportSafety({ scenario, site }: Workshop): readonly string[] {
  return readConfig(scenario).safety.run_safety_before_final ? safetyLines(site) : [];
}

function append(feedback: unknown, report: readonly string[]): unknown {
  if (report.length === 0) return feedback;
  const lines: readonly unknown[] = Array.isArray(feedback) ? feedback : [];
  return [...lines, ...report];
}

interface PhaseWork {
  readonly phase: unknown;
  readonly round: number;
  readonly previous: Outcome | undefined;
}

function askForWork({ workshop, plan }: Project, { phase, round, previous }: PhaseWork): Run<Usable> {
  const isStronger = (round === 2 || round === 3) && previous?.isLacking === true;
  const user = {
    task: workshop.scenario.config.task,
    plan,
    phase,
    previous_files: previousFiles(workshop.site),
    feedback: previous === undefined ? null : previous.feedback,
    iteration: round,
  };
  return askUntilUsable({ role: 'employee.build', model: isStronger ? STRONGER : MINI, user });
}

/** Asks the manager for a review of the work on phases. */
export function askForReview({ workshop, plan, phases }: Project, round: number): Run<Usable> {
  const { scenario, site } = workshop;
  const { task } = scenario.config;
  const user = {
    task,
    plan,
    phases,
    files_summary: filesSummary(site),
    tests: simpleTests(site, task),
    browser_summary: readConfig(scenario).use_visual_review ? browserSummary(site) : null,
    screenshot_path: null,
    iteration: round,
  };
  return askUntilUsable({ role: 'manager.review', model: managerOf(scenario), user });
}
