import { z } from 'zod';

import type { Observation } from '../compare/observation.ts';
import { simulateModule } from '../reference/simulate-module.ts';
import {
  type Scenario,
  type ScenarioFile,
  scenarioFileSchema,
  type Trace,
} from '../scenario/scenario-file.ts';

const PLAN = { json: { plan: ['Write index.html'], acceptance_criteria: ['It opens'] } };
const BUILD = { json: { files: { 'index.html': '<h1>Page {{n}}</h1>' } }, repeat: 'forever' };
const PHASES = { json: { phases: [{ name: 'All', categories: ['layout_structure'], plan_steps: [0] }] } };
const CLEAN = { json: { findings: [] }, repeat: 'forever' };
const APPROVE = { json: { status: 'approved', feedback: [] }, repeat: 'forever' };

/** What a made scenario differs in from the plainest one: a plan, one round, approved. */
export interface MadeScenario {
  /** Default: `orchestrator_2loop`. */
  readonly orchestrator?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly script?: Readonly<Record<string, readonly unknown[]>>;
  readonly inputs?: readonly string[];
  readonly seedFiles?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What the recorded run would have been, made from what the tables of the baseline say. */
  readonly record?: (followed: Observation) => Observation;
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** A scenario that was never recorded: its trace is what the tables of the baseline say. */
export function makeScenario({
  orchestrator = 'orchestrator_2loop',
  config,
  script,
  inputs,
  seedFiles,
  env,
  record,
  trace,
}: MadeScenario = {}): ScenarioFile {
  const written = {
    id: 'made',
    title: 'made for a test',
    orchestrator,
    config: { task: 'Make a page', max_rounds: 2, interactive_cost_mode: 'off', ...config },
    script: {
      'manager.plan': [PLAN],
      'supervisor.phases': [PHASES],
      'employee.build': [BUILD],
      'supervisor.audit': [CLEAN],
      'manager.review': [APPROVE],
      ...script,
    },
    inputs: inputs ?? [],
    repairs: ['log_iteration_begin_mode'],
    seedFiles: seedFiles ?? {},
    env: env ?? {},
  };
  const head = { format: 'legacy-baseline/1', scenario: written };
  const { scenario } = scenarioFileSchema.pick({ format: true, scenario: true }).parse(head);
  const followed = followScript(scenario);
  const observation = record === undefined ? followed : record(followed);
  return scenarioFileSchema.parse({ ...head, trace: { ...toTrace(observation, scenario), ...trace } });
}

function followScript(scenario: Scenario): Observation {
  return simulateModule(scenario).observation;
}

function toTrace(observation: Observation, { config }: Scenario): Trace {
  const { status, calls, requests, retries, files, commits, cost, inputs } = observation;
  return {
    outcome: { endedIn: 'done', exception: null },
    status: { coreLog: status },
    calls: calls.map(({ isRepair: _isRepair, ...call }) => ({
      ...call,
      user: toJson(call.user),
      attempts: [...call.attempts],
      userKind: typeof call.user === 'string' ? 'text' : 'json',
      system: { length: 500 },
    })),
    httpRequests: requests,
    retries,
    inputsAsked: inputs.map(toJson),
    filesWritten: Object.entries(files).map(([path, file]) => ({ path, ...file })),
    git: commits === null ? null : { commits: commits.map((subject) => ({ subject })) },
    securityEvents: [],
    events: [{ type: 'start', task_description: config.task }],
    cost: { summary: { total_usd: cost.usd }, byRoleAndModel: toCostLines(cost) },
  };
}

function toJson(value: unknown): z.core.util.JSONType {
  return z.json().parse(value);
}

function toCostLines({ lines }: Observation['cost']): Trace['cost']['byRoleAndModel'] {
  return Object.entries(lines).map(([key, { inputTokens, outputTokens, nanoUsd }]) => {
    const [role = '', model = ''] = key.split(' ');
    return { role, model, promptTokens: inputTokens, completionTokens: outputTokens, usd: nanoUsd / 1e9 };
  });
}
