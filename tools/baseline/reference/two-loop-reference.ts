import { z } from 'zod';

import type { Observation } from '../compare/observation.ts';
import type { Scenario } from '../scenario/scenario-file.ts';
import type { JudgedAnswer } from './answer-fault.ts';
import { sumCost } from './charged-cost.ts';
import { judgeFiles } from './judge-files.ts';
import { ReferenceDesk, type ReferenceQuestion, type ReferenceReply } from './reference-desk.ts';
import {
  changedFiles,
  filesSummary,
  previousFiles,
  type ReferenceSite,
  simpleTests,
} from './reference-site.ts';

/** What a scenario's script leads to when the defects of the predecessor are not there. */
export interface Simulation {
  readonly observation: Observation;
  /** Whether the run is over, rather than cut at the wanted number of calls. */
  readonly isAtEnd: boolean;
  /** By the index of an employee's call: the files for which the answer of the round before was refused. */
  readonly refusals: ReadonlyMap<number, readonly string[]>;
}

const MINI = 'gpt-4o-mini';
const STRONGER = 'gpt-4o';
const APPROVED = 'approved';
const NEEDS_CHANGES = 'needs_changes';
const UNUSABLE = 'failed_unusable_answer';

const DEFAULT_ROUNDS = 3;

const configSchema = z.looseObject({
  max_rounds: z
    .union([z.number(), z.string().transform(Number)])
    .nullish()
    .transform((rounds) => rounds ?? DEFAULT_ROUNDS),
  use_git: z.boolean().default(false),
});

const reviewSchema = z.looseObject({
  status: z.unknown().default(NEEDS_CHANGES),
  feedback: z.unknown().default([]),
});

/** What the run has made so far. */
interface Workshop {
  site: ReferenceSite;
  readonly commits: string[];
  /** The files for which the last answer was refused. */
  refusedPaths: readonly string[];
}

/** How a round ended, as far as the next one depends on it. */
interface Outcome {
  readonly word: string;
  readonly feedback: unknown;
  readonly isLacking: boolean;
}

/**
 * Plays a two-loop scenario by the tables of the baseline, without any of the code under test: the yardstick for what
 * an intended difference may look like. It stops after `maxCalls`, because a run the cap has stopped made fewer calls
 * than the script would have led to.
 */
export function simulateTwoLoop(scenario: Scenario, maxCalls = Infinity): Simulation {
  const { use_git: usesGit } = configSchema.parse(scenario.config);
  const desk = new ReferenceDesk(scenario);
  const workshop: Workshop = {
    site: new Map(Object.entries(scenario.seedFiles)),
    commits: [],
    refusedPaths: [],
  };
  const run = playTwoLoop(scenario, workshop);
  let step = run.next();
  const refusals = new Map<number, readonly string[]>();
  while (step.done !== true && desk.calls.length < maxCalls) {
    if (step.value.role === 'employee.build') refusals.set(desk.calls.length, workshop.refusedPaths);
    step = run.next(desk.ask(step.value));
  }

  const { calls, unscripted } = desk;
  const requests = calls.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return {
    isAtEnd: step.done === true,
    refusals,
    observation: {
      status: step.done === true ? step.value : cappedStatus(desk),
      calls,
      requests,
      retries: requests - calls.length,
      unscripted,
      files: changedFiles(workshop.site, scenario.seedFiles),
      commits: usesGit ? workshop.commits : null,
      cost: sumCost(calls),
      inputs: [],
    },
  };
}

/** The cap is the only thing that stops a run between two calls. */
function cappedStatus({ calls }: ReferenceDesk): string {
  return calls.some(({ role }) => role === 'employee.build')
    ? 'cost_cap_exceeded'
    : 'aborted_cost_cap_planning';
}

type Run<Result> = Generator<ReferenceQuestion, Result, ReferenceReply>;

/** An answer that can be used, or the status the run ends with. */
type Usable = { readonly value: unknown } | { readonly status: string };

function* playTwoLoop(scenario: Scenario, workshop: Workshop): Run<string> {
  const { task } = scenario.config;
  const { max_rounds: maxRounds } = configSchema.parse(scenario.config);
  const manager = scenario.env['DEFAULT_MANAGER_MODEL'] ?? MINI;
  const plan = yield* askUntilUsable({ role: 'manager.plan', model: manager, user: task, isRepair: false });
  if ('status' in plan) return plan.status;

  let previous: Outcome | undefined;
  for (let round = 1; round <= maxRounds; round += 1) {
    const outcome: Outcome | string = yield* playRound({
      scenario,
      workshop,
      plan: plan.value,
      round,
      manager,
      previous,
    });
    if (typeof outcome === 'string') return outcome;
    previous = outcome;
  }
  // An approval that was none, because the files were refused.
  return previous === undefined || isApproval(previous.word) ? NEEDS_CHANGES : previous.word;
}

interface RoundBrief {
  readonly scenario: Scenario;
  readonly workshop: Workshop;
  readonly plan: unknown;
  readonly round: number;
  readonly manager: string;
  readonly previous: Outcome | undefined;
}

/** @returns how the round ended, or the status when the run is over. */
function* playRound(brief: RoundBrief): Run<Outcome | string> {
  const { scenario, workshop, round } = brief;
  const work = yield* askForWork(brief);
  if ('status' in work) return work.status;
  const { files, secretPaths } = judgeFiles(work.value);
  workshop.refusedPaths = secretPaths;
  const isRefused = secretPaths.length > 0;
  if (!isRefused) workshop.site = new Map([...workshop.site, ...Object.entries(files)]);

  const answer = yield* askForReview(brief);
  if ('status' in answer) return answer.status;
  const { word, feedback } = readReview(answer.value);
  const passes = simpleTests(workshop.site, scenario.config.task).all_passed;
  if (!isRefused && Object.keys(files).length > 0) {
    workshop.commits.push(renderSubject({ round, word, passes }));
  }
  if (isApproval(word) && !isRefused) return APPROVED;
  return { word, feedback, isLacking: word === NEEDS_CHANGES || !passes || isRefused };
}

function readReview(value: unknown): Pick<Outcome, 'word' | 'feedback'> {
  const { status, feedback } = reviewSchema.parse(value);
  return { word: typeof status === 'string' ? status : JSON.stringify(status), feedback };
}

function isApproval(word: string): boolean {
  return word.trim().toLowerCase() === APPROVED;
}

function askForWork({ scenario, workshop, plan, round, previous }: RoundBrief): Run<Usable> {
  const isStronger = (round === 2 || round === 3) && previous?.isLacking === true;
  const user = {
    task: scenario.config.task,
    plan,
    previous_files: previousFiles(workshop.site),
    feedback: previous === undefined ? null : previous.feedback,
    iteration: round,
  };
  return askUntilUsable({
    role: 'employee.build',
    model: isStronger ? STRONGER : MINI,
    user,
    isRepair: false,
  });
}

function askForReview({ scenario, workshop, plan, round, manager }: RoundBrief): Run<Usable> {
  const { task } = scenario.config;
  const user = {
    task,
    plan,
    files_summary: filesSummary(workshop.site),
    tests: simpleTests(workshop.site, task),
    browser_summary: null,
    screenshot_path: null,
    iteration: round,
  };
  return askUntilUsable({ role: 'manager.review', model: manager, user, isRepair: false });
}

function renderSubject({ round, word, passes }: { round: number; word: string; passes: boolean }): string {
  return `2loop iteration ${String(round)}: status=${word}, all_passed=${passes ? 'True' : 'False'}`;
}

function* askUntilUsable(question: ReferenceQuestion): Run<Usable> {
  const first = yield question;
  if (first.type === 'dead') return first;
  if (first.fault === null) return { value: first.value };
  // Nothing was said, so there is nothing to put right.
  if (first.fault === 'empty') return { status: UNUSABLE };
  const second: ReferenceReply = yield { ...question, isRepair: true };
  return second.type === 'dead' ? second : toUsable(second);
}

function toUsable({ value, fault }: JudgedAnswer): Usable {
  return fault === null ? { value } : { status: UNUSABLE };
}
