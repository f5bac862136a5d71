import { z } from 'zod';

import type { Observation } from '../compare/observation.ts';
import type { Scenario } from '../scenario/scenario-file.ts';
import type { JudgedAnswer } from './answer-fault.ts';
import { sumCost } from './charged-cost.ts';
import { judgeFiles } from './judge-files.ts';
import { ReferenceDesk, type ReferenceQuestion, type ReferenceReply } from './reference-desk.ts';
import { changedFiles, type ReferenceSite } from './reference-site.ts';

/** What a scenario's script leads to when the defects of the predecessor are not there. */
export interface Simulation {
  readonly observation: Observation;
  /** Whether the run is over, rather than cut at the wanted number of calls. */
  readonly isAtEnd: boolean;
  /** By the index of an employee's call: the files for which the answer of the round before was refused. */
  readonly refusals: ReadonlyMap<number, readonly string[]>;
}

export const MINI = 'gpt-4o-mini';
export const STRONGER = 'gpt-4o';
export const APPROVED = 'approved';
export const NEEDS_CHANGES = 'needs_changes';
/** The status of a run that ended with an answer nobody could use. */
export const UNUSABLE = 'failed_unusable_answer';
const ABORTED = 'aborted_by_user_after_planning';

const number = z.union([z.number(), z.string().transform(Number)]);

const configSchema = z.looseObject({
  max_rounds: number.nullish().transform((rounds) => rounds ?? 3),
  max_audits_per_stage: number.nullish().transform((audits) => audits ?? 3),
  cost_warning_usd: number.nullish().transform((usd) => usd ?? 0),
  interactive_cost_mode: z.string().default('off'),
  use_git: z.boolean().default(false),
  use_visual_review: z.boolean().default(false),
  safety: z.looseObject({ run_safety_before_final: z.boolean().default(true) }).prefault({}),
});

/** A scenario's configuration, with what applied where nothing was written. */
export function readConfig({ config }: Scenario): z.infer<typeof configSchema> {
  return configSchema.parse(config);
}

/** What the run has made so far. */
export interface Workshop {
  readonly scenario: Scenario;
  site: ReferenceSite;
  readonly commits: string[];
  /** The questions on the console that were answered. */
  readonly inputs: { readonly answer: string }[];
  /** The files for which answers of the round before were refused. */
  refusedPaths: readonly string[];
  /** What was paid so far, in US dollars. */
  readonly spentUsd: () => number;
}

/** A run as its questions: each is answered from the script. */
export type Run<Result> = Generator<ReferenceQuestion, Result, ReferenceReply>;

/** How an old module worked, as the tables of the baseline tell it. */
export interface ReferenceModule {
  readonly play: (workshop: Workshop) => Run<string>;
  /** The status of a run the cap has stopped. */
  readonly cappedStatus: (calls: readonly { readonly role: string }[]) => string;
}

/** The status of a module that knows of rounds, when the cap has stopped it. */
export function cappedInRounds(calls: readonly { readonly role: string }[]): string {
  return calls.some(({ role }) => role === 'employee.build')
    ? 'cost_cap_exceeded'
    : 'aborted_cost_cap_planning';
}

/**
 * Plays a scenario by the tables of the baseline, without any of the code under test: the yardstick for what an
 * intended difference may look like. It stops after `maxCalls`, because a run the cap has stopped made fewer calls
 * than the script would have led to.
 */
export function simulateRun(scenario: Scenario, module: ReferenceModule, maxCalls: number): Simulation {
  const desk = new ReferenceDesk(scenario);
  const workshop: Workshop = {
    scenario,
    site: new Map(Object.entries(scenario.seedFiles)),
    commits: [],
    inputs: [],
    refusedPaths: [],
    spentUsd: () => sumCost(desk.calls).usd,
  };
  const run = module.play(workshop);
  let step = run.next();
  const refusals = new Map<number, readonly string[]>();
  while (step.done !== true && desk.calls.length < maxCalls) {
    if (step.value.role === 'employee.build') refusals.set(desk.calls.length, workshop.refusedPaths);
    step = run.next(desk.ask(step.value));
  }
  const status = step.done === true ? step.value : module.cappedStatus(desk.calls);
  return { isAtEnd: step.done === true, refusals, observation: observe(desk, workshop, status) };
}

function observe({ calls, unscripted }: ReferenceDesk, workshop: Workshop, status: string): Observation {
  const { scenario, site, commits, inputs } = workshop;
  const requests = calls.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return {
    status,
    calls,
    probes: 0,
    requests,
    retries: requests - calls.length,
    unscripted,
    files: changedFiles(site, scenario.seedFiles),
    commits: readConfig(scenario).use_git ? commits : null,
    cost: sumCost(calls),
    inputs,
  };
}

/** An answer that can be used, or the status the run ends with. */
export type Usable = { readonly value: unknown } | { readonly status: string };

/** Asks, and once more when the answer cannot be used. */
export function* askUntilUsable(question: Omit<ReferenceQuestion, 'isRepair'>): Run<Usable> {
  const first = yield { ...question, isRepair: false };
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

/** Asks the manager for a plan. */
export function askForPlan({ scenario }: Workshop): Run<Usable> {
  return askUntilUsable({ role: 'manager.plan', model: managerOf(scenario), user: scenario.config.task });
}

/** The model the manager has. */
export function managerOf({ env }: Scenario): string {
  return env['DEFAULT_MANAGER_MODEL'] ?? MINI;
}

/** Whether the answer on the console is a yes. */
export interface ConsoleQuestion {
  readonly yes: readonly string[];
  /** Whether it was only asked once the cost had reached the warning. */
  readonly fromWarningOn: boolean;
}

/** @returns the status when somebody said no. */
export function askOnConsole(
  workshop: Workshop,
  { yes, fromWarningOn }: ConsoleQuestion,
): string | undefined {
  const { interactive_cost_mode: asks, cost_warning_usd: warning } = readConfig(workshop.scenario);
  if (asks === 'off' || (fromWarningOn && workshop.spentUsd() < warning)) return undefined;
  const answer = workshop.scenario.inputs[workshop.inputs.length];
  if (answer === undefined) return 'waiting_gate_waiting';
  workshop.inputs.push({ answer });
  return yes.includes(answer.trim().toLowerCase()) ? undefined : ABORTED;
}

const reviewSchema = z.looseObject({
  status: z.unknown().default(NEEDS_CHANGES),
  feedback: z.unknown().default([]),
});

/** What a review says. */
export interface ReadReview {
  readonly word: string;
  readonly feedback: unknown;
}

export function readReview(value: unknown): ReadReview {
  const { status, feedback } = reviewSchema.parse(value);
  return { word: typeof status === 'string' ? status : JSON.stringify(status), feedback };
}

export function isApproval(word: string): boolean {
  return word.trim().toLowerCase() === APPROVED;
}

/** Writes the files of an answer, unless one of them holds a secret. @returns whether anything was written. */
export function deliver(
  workshop: Workshop,
  value: unknown,
): { readonly hasWritten: boolean; readonly refused: readonly string[] } {
  const { files, secretPaths } = judgeFiles(value);
  if (secretPaths.length > 0) return { hasWritten: false, refused: secretPaths };
  workshop.site = new Map([...workshop.site, ...Object.entries(files)]);
  return { hasWritten: Object.keys(files).length > 0, refused: [] };
}

/** The subject of a round's commit. */
export function renderSubject(
  module: string,
  { round, word, passes }: { round: number; word: string; passes: boolean },
): string {
  return `${module} iteration ${String(round)}: status=${word.replace(/\s+/gu, ' ')}, all_passed=${passes ? 'True' : 'False'}`;
}
