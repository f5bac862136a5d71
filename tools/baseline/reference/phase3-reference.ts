import { z } from 'zod';

import { askForPhases, mayBeHadLater, nameOf, readPlan } from './reference-phases.ts';
import {
  askForPlan,
  askOnConsole,
  askUntilUsable,
  deliver,
  MINI,
  readConfig,
  type ReferenceModule,
  type Run,
  STRONGER,
  UNUSABLE,
  type Usable,
  type Workshop,
} from './reference-run.ts';
import { previousFiles } from './reference-site.ts';

/** `orchestrator_phase3`. */
export const phase3Reference: ReferenceModule = {
  play: playPhase3,
  cappedStatus: (calls) =>
    calls.some(({ role }) => role === 'employee.build') ? 'partial_completion' : 'aborted_cost_cap_planning',
};

interface Stage {
  readonly phase: unknown;
  /** How often it was worked on, or was to be. */
  cycles: number;
  findings: readonly string[];
  /** Whether what was made of it waits for an audit. */
  isDelivered: boolean;
}

interface Project {
  readonly workshop: Workshop;
  readonly plan: unknown;
}

/** `off`: it could not be had for now, with the status that follows if it cannot be had again. */
type Ending = { readonly type: 'done' } | { readonly type: 'off' | 'over'; readonly status: string };

const DONE: Ending = { type: 'done' };

function* playPhase3(workshop: Workshop): Run<string> {
  const plan = yield* askForPlan(workshop);
  if ('status' in plan) return plan.status;
  const division = yield* askForPhases(workshop, plan.value);
  if ('status' in division) return division.status;
  const no = askOnConsole(workshop, { yes: ['y'], fromWarningOn: true });
  if (no !== undefined) return no;

  const stages = division.phases.map((phase): Stage => ({
    phase,
    cycles: 0,
    findings: [],
    isDelivered: false,
  }));
  const project = { workshop, plan: plan.value };
  const left: Stage[] = [];
  for (const stage of stages) {
    const ending: Ending = yield* playStage(project, stage);
    if (ending.type === 'over') return ending.status;
    if (ending.type === 'off') left.push(stage);
  }
  return yield* playAgain(project, left);
}

/** What could not be had is tried once more, at the end. */
function* playAgain(project: Project, left: readonly Stage[]): Run<string> {
  let isBlocked = false;
  for (const stage of left) {
    const ending: Ending = yield* playStage(project, stage);
    if (ending.type !== 'done' && ending.status !== UNUSABLE) return ending.status;
    isBlocked ||= ending.type !== 'done';
  }
  return isBlocked ? 'partial_completion' : 'completed';
}

function* playStage(project: Project, stage: Stage): Run<Ending> {
  const { max_audits_per_stage: maxAudits } = readConfig(project.workshop.scenario);
  for (let audits = 0; audits < maxAudits; audits += 1) {
    if (!stage.isDelivered) {
      stage.cycles += 1;
      const work = yield* askForWork(project, stage);
      if ('status' in work) return giveUp(work.status);
      const { refused } = deliver(project.workshop, work.value);
      project.workshop.refusedPaths = refused;
      stage.isDelivered = true;
    }
    const audit = yield* askForAudit(project, stage);
    if ('status' in audit) return giveUp(audit.status);
    stage.isDelivered = false;
    commit(project.workshop, stage);
    stage.findings = readFindings(audit.value);
    if (stage.findings.length === 0) return DONE;
  }
  return DONE;
}

/** What may be had later is put off; everything else ends the run. */
function giveUp(status: string): Ending {
  return { type: mayBeHadLater(status) ? 'off' : 'over', status };
}

function commit({ commits }: Workshop, { phase, cycles }: Stage): void {
  commits.push(`phase3 iteration ${String(cycles)}: stage=${String(nameOf(phase).name)}`);
}

function askForWork({ workshop, plan }: Project, { phase, cycles, findings }: Stage): Run<Usable> {
  const user = {
    task: workshop.scenario.config.task,
    plan,
    phase,
    previous_files: previousFiles(workshop.site),
    feedback: cycles === 1 ? null : findings,
    context_notes: [],
    iteration: cycles,
  };
  return askUntilUsable({ role: 'employee.build', model: STRONGER, user });
}

function askForAudit({ workshop, plan }: Project, { phase }: Stage): Run<Usable> {
  const { scenario, site } = workshop;
  const user = {
    task: scenario.config.task,
    stage: nameOf(phase),
    files: previousFiles(site),
    acceptance_criteria: readPlan(plan).acceptance_criteria,
  };
  const model = scenario.env['DEFAULT_SUPERVISOR_MODEL'] ?? MINI;
  return askUntilUsable({ role: 'supervisor.audit', model, user });
}

const auditSchema = z.looseObject({
  findings: z
    .array(z.looseObject({ severity: z.string().default('warning'), description: z.string().default('') }))
    .default([]),
});

function readFindings(value: unknown): readonly string[] {
  const lines = auditSchema
    .parse(value)
    .findings.map(({ severity, description }) => `[${severity}] ${description}`);
  return [...new Set(lines)];
}
