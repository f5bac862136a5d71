import {
  agentRoleSchema,
  type ConfigInput,
  type ConfigProblem,
  InvalidConfigError,
  isInvalidConfigError,
  modeNames,
  parseConfig,
} from '@jarvis/core';
import { z } from 'zod';

import type { CliOption } from '../commands/cli-command.ts';
import { UsageError } from '../errors.ts';

/** The flags that set caps inside the cap of a run. */
export const nestedCapOptions: readonly CliOption[] = [
  { flags: '--max-stage-cost <usd>', description: 'the most each single stage may cost in US dollars' },
  {
    flags: '--max-role-cost <role=usd>',
    description: 'the most a role may cost in US dollars, such as employee=0.5; several with commas',
  },
];

/** The flags that set configuration values for one call. */
export const runOptions: readonly CliOption[] = [
  { flags: '--mode <mode>', description: 'how the team works', choices: modeNames },
  {
    flags: '--max-cost <usd>',
    description: "the most the run may cost in US dollars, or 'unlimited' (default: 1)",
  },
  ...nestedCapOptions,
  {
    flags: '--on-cap <what>',
    description: 'what to do when the next call does not fit under the cap (default: stop)',
    choices: ['stop', 'ask'],
  },
  { flags: '--strict-spend', description: 'after a crash, ask before a question is paid for again' },
  {
    flags: '--max-rounds <number>',
    description: 'the most rounds of work and review; in PHASE3, of reviews of the whole (default: 3)',
  },
  { flags: '--model <name>', description: 'the model of every agent' },
  { flags: '--base-url <url>', description: 'an OpenAI-compatible server (default: the OpenAI API)' },
  { flags: '--simulate', description: 'use the built-in simulation: no model, no key, no cost' },
  {
    flags: '--git <when>',
    description: 'commit each round (default: auto)',
    choices: ['auto', 'required', 'off'],
  },
  { flags: '--git-init', description: 'make the folder a git repository if it is none' },
  {
    flags: '--uncommitted <what>',
    description:
      'files of yours that no commit holds: warn of them, protect them, or refuse to run (default: warn)',
    choices: ['warn', 'protect', 'refuse'],
  },
  { flags: '--run-hooks', description: 'run your git hooks at each commit' },
];

const writtenSchema = z.object({
  mode: z.string().exactOptional(),
  maxCost: z.string().exactOptional(),
  maxStageCost: z.string().exactOptional(),
  maxRoleCost: z.string().exactOptional(),
  onCap: z.string().exactOptional(),
  strictSpend: z.boolean().exactOptional(),
  maxRounds: z.string().exactOptional(),
  model: z.string().exactOptional(),
  baseUrl: z.string().exactOptional(),
  simulate: z.boolean().exactOptional(),
  git: z.string().exactOptional(),
  gitInit: z.boolean().exactOptional(),
  runHooks: z.boolean().exactOptional(),
  uncommitted: z.string().exactOptional(),
});

/**
 * The configuration the flags stand for.
 *
 * @throws {@link InvalidConfigError} naming the flag whose value is not allowed.
 * @throws {@link UsageError} when a cap is for a role there is none of.
 */
export function toConfig(options: Readonly<Record<string, unknown>>): ConfigInput {
  const written = writtenSchema.parse(options);
  const { mode, maxRounds, model, baseUrl, simulate, git, gitInit, runHooks, uncommitted } = written;
  const config = {
    mode,
    models: model === undefined ? undefined : { manager: model, employee: model },
    costs: toCosts(written),
    loop: maxRounds === undefined ? undefined : { maxRounds: toNumber(maxRounds) },
    git: { commit: git, init: gitInit, runHooks, uncommitted },
    llm: { baseUrl, simulate },
  };
  try {
    return parseConfig(withoutUndefined(config), 'flags');
  } catch (error) {
    throw isInvalidConfigError(error)
      ? new InvalidConfigError({ problems: toFlagProblems(error.problems) })
      : error;
  }
}

function toCosts({
  maxCost,
  maxStageCost,
  maxRoleCost,
  onCap,
  strictSpend,
}: z.infer<typeof writtenSchema>): Readonly<Record<string, unknown>> {
  return {
    capUsd: maxCost === undefined ? undefined : toNumber(maxCost),
    stageCapUsd: maxStageCost === undefined ? undefined : toNumber(maxStageCost),
    roleCapsUsd: maxRoleCost === undefined ? undefined : toRoleCaps(maxRoleCost),
    onCap,
    strictSpend,
  };
}

/** `employee=0.5,manager=1` */
function toRoleCaps(written: string): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    written.split(',').map((pair) => {
      const [role = '', usd = ''] = pair.split('=').map((part) => part.trim());
      requireRole(role);
      return [role, toNumber(usd)] as const;
    }),
  );
}

function requireRole(role: string): void {
  const roles: readonly string[] = agentRoleSchema.options;
  if (roles.includes(role)) return;
  throw new UsageError({
    problem: `--max-role-cost: ${JSON.stringify(role.slice(0, 80))} is no role.`,
    hint: `Roles: ${roles.join(', ')}; for example --max-role-cost employee=0.5`,
  });
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/u;

/** What is no plain number stays the text it is; the schema then says what is allowed. */
function toNumber(written: string): number | string {
  return DECIMAL.test(written) ? Number(written) : written;
}

const FLAGS: Readonly<Record<string, string>> = {
  mode: '--mode',
  'models.manager': '--model',
  'models.employee': '--model',
  'costs.capUsd': '--max-cost',
  'costs.stageCapUsd': '--max-stage-cost',
  'loop.maxRounds': '--max-rounds',
  'llm.baseUrl': '--base-url',
  'git.commit': '--git',
  'git.uncommitted': '--uncommitted',
};

/** One flag may stand for several values; what is wrong with it is told once. */
function toFlagProblems(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const byLine = new Map(problems.map(toFlag).map((found) => [`${found.origin} ${found.problem}`, found]));
  return [...byLine.values()];
}

function toFlag({ origin, key, problem }: ConfigProblem): ConfigProblem {
  const flag = key.startsWith('costs.roleCapsUsd') ? '--max-role-cost' : FLAGS[key];
  return flag === undefined ? { origin, key, problem } : { origin: flag, key: '', problem };
}

/** Without the keys nobody has set, sections included. */
export function withoutUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, isSection(inner) ? withoutUndefined(inner) : inner]),
  );
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
