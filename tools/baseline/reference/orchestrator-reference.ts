import { askForPhases, mayBeHadLater, nameOf } from './reference-phases.ts';
import {
  APPROVED,
  askForPlan,
  askOnConsole,
  askUntilUsable,
  cappedInRounds,
  deliver,
  isApproval,
  MINI,
  NEEDS_CHANGES,
  readConfig,
  readReview,
  type ReferenceModule,
  type Run,
  STRONGER,
  UNUSABLE,
  type Usable,
  type Workshop,
} from './reference-run.ts';
import { previousFiles, simpleTests } from './reference-site.ts';
import { askForReview } from './three-loop-reference.ts';

/** `orchestrator`: it works on every stage once in a round, and its rounds end with a review. */
export const orchestratorReference: ReferenceModule = {
  play: playOrchestrator,
  cappedStatus: cappedInRounds,
};

/** What the predecessor took for the wish that the model be somebody else. */
const ROLE_CONFUSION = /\b(?:act as|pretend (?:to be|you are)|you are now|role-?play as)\b/iu;

interface Project {
  readonly workshop: Workshop;
  readonly plan: unknown;
  readonly phases: readonly unknown[];
}

function* playOrchestrator(workshop: Workshop): Run<string> {
  if (ROLE_CONFUSION.test(workshop.scenario.config.task)) return 'blocked_security';
  const plan = yield* askForPlan(workshop);
  if ('status' in plan) return plan.status;
  const division = yield* askForPhases(workshop, plan.value);
  if ('status' in division) return division.status;
  const no = askOnConsole(workshop, { yes: ['y'], fromWarningOn: true });
  if (no !== undefined) return no;
  return yield* playRounds({ workshop, plan: plan.value, phases: division.phases });
}

interface Stage {
  readonly phase: unknown;
  /** How often it was worked on, or was to be. */
  cycles: number;
  feedback: readonly string[];
  /** Whether the tests failed after its last work. */
  hasFailed: boolean;
  wasRetried: boolean;
}

function* playRounds(project: Project): Run<string> {
  const { max_rounds: maxRounds } = readConfig(project.workshop.scenario);
  const stages = project.phases.map((phase): Stage => {
    return { phase, cycles: 0, feedback: [], hasFailed: false, wasRetried: false };
  });
  let word = NEEDS_CHANGES;
  for (let round = 1; round <= maxRounds; round += 1) {
    const status: string | undefined = yield* workOnAll(project, stages);
    if (status !== undefined) return status;
    const answer: Usable = yield* askForReview(project, stages.at(-1)?.cycles ?? round);
    if ('status' in answer) return answer.status;
    const review = readReview(answer.value);
    if (isApproval(review.word)) return APPROVED;
    word = review.word;
    for (const stage of stages) stage.feedback = toReason(review.feedback);
  }
  return word;
}

/** What could not be had is tried once more, at the end. @returns the status when the run is over. */
function* workOnAll(project: Project, stages: readonly Stage[]): Run<string | undefined> {
  const left: Stage[] = [];
  for (const stage of stages) {
    const status: string | undefined = yield* workOn(project, stage);
    if (status === undefined) continue;
    if (!mayBeHadLater(status) || stage.wasRetried) return status;
    left.push(stage);
  }
  return yield* workAgain(project, left);
}

function* workAgain(project: Project, left: readonly Stage[]): Run<string | undefined> {
  let isBlocked = false;
  for (const stage of left) {
    stage.wasRetried = true;
    const status: string | undefined = yield* workOn(project, stage);
    if (status !== undefined && status !== UNUSABLE) return status;
    isBlocked ||= status !== undefined;
  }
  return isBlocked ? 'partial_completion' : undefined;
}

/** @returns the status with which the run would end, when the work could not be had. */
function* workOn(project: Project, stage: Stage): Run<string | undefined> {
  const { workshop } = project;
  const { phase } = stage;
  stage.cycles += 1;
  const round = stage.cycles;
  const isStronger = (round === 2 || round === 3) && stage.hasFailed;
  stage.hasFailed = false;
  const work = yield* askForWork(project, stage, isStronger ? STRONGER : MINI);
  if ('status' in work) return work.status;
  const { refused, hasWritten } = deliver(workshop, work.value);
  workshop.refusedPaths = refused;
  stage.hasFailed = !simpleTests(workshop.site, workshop.scenario.config.task).all_passed;
  if (hasWritten)
    workshop.commits.push(`3loop iteration ${String(round)}: stage=${String(nameOf(phase).name)}`);
  return undefined;
}

function askForWork({ workshop, plan }: Project, stage: Stage, model: string): Run<Usable> {
  const { phase, cycles, feedback } = stage;
  const user = {
    task: workshop.scenario.config.task,
    plan,
    phase,
    previous_files: previousFiles(workshop.site),
    feedback: cycles === 1 ? null : feedback,
    context_notes: [],
    iteration: cycles,
  };
  return askUntilUsable({ role: 'employee.build', model, user });
}

/** A stage is opened again for one reason: all of the feedback. */
function toReason(feedback: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(feedback) ? feedback : [feedback ?? ''];
  const lines = values
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)).trim())
    .filter((line) => line !== '');
  return [lines.length === 0 ? 'The review has asked for changes.' : lines.join('\n')];
}
