import { z } from 'zod';

import { modelPriceSchema } from '../cost/price-table.ts';
import { type GateRule, gateRulesSchema } from '../gates/gate-rule.ts';
import type { NamedModels } from '../routing/choose-model.ts';
import { type RoutingRule, routingRuleSchema } from '../routing/routing-rule.ts';
import { type TaskImportance, taskImportanceSchema } from '../routing/task-facts.ts';
import { type CheckCommand, checkCommandsSchema } from '../safety/check-command.ts';
import { type AllowedSecret, secretsSection } from '../secrets/allowed-secret.ts';
import { refuseBaseUrl } from './base-url.ts';
import { deepFreeze } from './deep-freeze.ts';
import { defaultGit, type GitConfig, gitSection } from './git-section.ts';
import { defaultLoop, type LoopConfig, loopSection } from './loop-section.ts';
import { promptsSection, safetySection } from './text-sections.ts';

/** The four ways of working. `docs/architecture.md` says which ones this release runs. */
export const modeNames = ['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3', 'CONTEXT_AWARE'] as const;

export type ModeName = (typeof modeNames)[number];

const modelName = z.string().trim().min(1).max(200);

const tiersSection = z
  .strictObject({
    small: modelName.describe('A cheap model, for tasks that ask for little.'),
    standard: modelName.describe('The model for anything between the two others.'),
    strong: modelName.describe('A model for much work, and for work that failed before.'),
  })
  .partial();

const modelsSection = z
  .strictObject({
    manager: modelName.describe('The model that plans and reviews.'),
    employee: modelName.describe('The model that builds.'),
    supervisor: modelName.describe("The model that stages and audits. Default: the manager's."),
    tiers: tiersSection.describe('Models by what they can do. A tier without a model is not used.'),
    importance: taskImportanceSchema.describe('How much hangs on the task, for rules that ask for it.'),
    routing: z
      .array(routingRuleSchema)
      .max(50, 'expected at most 50 rules')
      .readonly()
      .describe(
        'Which model is asked when; the first rule that applies decides, before those of the dialect.',
      ),
  })
  .partial();

const MAX_CAP_USD = 1_000_000;

const usdExpected = `expected US dollars, a number above 0 and at most ${String(MAX_CAP_USD)}`;

const capExpected = `${usdExpected}, or 'unlimited'`;

const usd = z.number(usdExpected).positive(usdExpected).max(MAX_CAP_USD, usdExpected);

/** Why a warning cannot be given at that amount under that cap. */
export function refuseWarning(warnAtUsd: number, capUsd: number): string {
  return `expected at most the cap of $${String(capUsd)}: above it, $${String(warnAtUsd)} would never be warned of`;
}

const roleCapsSection = z
  .strictObject({
    manager: usd.describe('The most the manager may cost over the whole run.'),
    supervisor: usd.describe('The most the supervisor may cost over the whole run.'),
    employee: usd.describe('The most the employee may cost over the whole run.'),
  })
  .partial();

const costsSection = z
  .strictObject({
    capUsd: z
      .union(
        [z.number().positive(capExpected).max(MAX_CAP_USD, capExpected), z.literal('unlimited')],
        capExpected,
      )
      .describe("The most a run may cost, in US dollars, or 'unlimited'. Default: 1."),
    onCap: z
      .enum(['stop', 'ask'])
      .describe(
        'What a run does when the next call does not fit under the cap: stop, or wait. Default: stop.',
      ),
    strictSpend: z
      .boolean()
      .describe('After a crash, ask before a question is paid for again. Default: false.'),
    stageCapUsd: usd.describe(
      'The most each single stage may cost, in US dollars. Default: what the run may cost.',
    ),
    roleCapsUsd: roleCapsSection.describe(
      'The most each role may cost over the whole run, in US dollars. Default: what the run may cost.',
    ),
    warnAtUsd: usd.describe('Say once when a run has cost that much, in US dollars. Default: never.'),
    prices: z
      .record(z.string(), modelPriceSchema)
      .describe('Prices in US dollars per million tokens, by model; added to the built-in table.'),
  })
  .partial()
  .superRefine(({ capUsd, warnAtUsd }, context) => {
    if (typeof capUsd !== 'number' || warnAtUsd === undefined || warnAtUsd <= capUsd) return;
    context.addIssue({ code: 'custom', path: ['warnAtUsd'], message: refuseWarning(warnAtUsd, capUsd) });
  });

const checksSection = z
  .strictObject({
    commands: checkCommandsSchema.describe('Commands to run on the work of each round. Default: none.'),
  })
  .partial();

const llmSection = z
  .strictObject({
    baseUrl: z
      .string()
      .trim()
      .superRefine((url, context) => {
        const refusal = refuseBaseUrl(url);
        if (refusal !== undefined) context.addIssue(refusal);
      })
      .meta({ format: 'uri', description: 'An OpenAI-compatible server. Default: the OpenAI API.' }),
    deadlineMs: z
      .int()
      .min(1_000)
      .max(3_600_000)
      .describe('The longest one exchange may take. Default: 180000.'),
    maxWaitMs: z
      .int()
      .min(0)
      .max(86_400_000)
      .describe('The longest pause a server may ask for before the run stops instead. Default: 60000.'),
    fallbacks: z
      .record(modelName, z.array(modelName).min(1).max(5).readonly())
      .describe('The models to ask, in this order, when a model gives no answer. Default: none.'),
    cache: z
      .enum(['off', 'memory', 'disk'])
      .describe('Keep answers to the same question: not at all, in this process, for good. Default: off.'),
    simulate: z
      .boolean()
      .describe('Use the built-in simulation instead of a model. Default: when there is no key.'),
  })
  .partial();

/** What users may write, in a file, in the environment, as flags or in code. Every key may be left out. */
export const configSchema = z
  .strictObject({
    $schema: z.string(),
    mode: z.enum(modeNames).describe('How the team works. Default: PHASE3.'),
    models: modelsSection,
    costs: costsSection,
    loop: loopSection,
    git: gitSection,
    llm: llmSection,
    checks: checksSection,
    gates: gateRulesSchema.describe('Where a run asks people before it goes on. Default: nowhere.'),
    safety: safetySection,
    secrets: secretsSection,
    prompts: promptsSection,
  })
  .partial();

/** A configuration as users write it. */
export type ConfigInput = z.infer<typeof configSchema>;

/** A complete configuration: what was written, and the defaults for the rest. */
export interface Config {
  readonly mode: ModeName;
  readonly models: NamedModels & {
    readonly importance?: TaskImportance | undefined;
    readonly routing?: readonly RoutingRule[] | undefined;
  };
  readonly costs: {
    readonly capUsd: number | 'unlimited';
    /** `undefined` means: no cap of its own. */
    readonly stageCapUsd: number | undefined;
    readonly roleCapsUsd: {
      readonly manager: number | undefined;
      readonly supervisor: number | undefined;
      readonly employee: number | undefined;
    };
    /** `undefined` means: never. */
    readonly warnAtUsd: number | undefined;
    readonly onCap: 'stop' | 'ask';
    readonly strictSpend: boolean;
    readonly prices: Readonly<Record<string, z.infer<typeof modelPriceSchema>>>;
  };
  readonly loop: LoopConfig;
  readonly git: GitConfig;
  readonly llm: {
    readonly baseUrl: string | undefined;
    readonly deadlineMs: number;
    readonly maxWaitMs: number;
    readonly fallbacks: Readonly<Record<string, readonly string[]>>;
    readonly cache: 'off' | 'memory' | 'disk';
    /** `undefined` means: when there is no key. */
    readonly simulate: boolean | undefined;
  };
  readonly checks: { readonly commands: readonly CheckCommand[] };
  /** The gates of all layers, each of them to be passed. */
  readonly gates: readonly GateRule[];
  /** `undefined` means: what the dialect says. */
  readonly safety: { readonly onSuspiciousTask: 'ignore' | 'warn' | 'ask' | undefined };
  /** What looks like a secret and is none; those of all layers that may say so. */
  readonly secrets: { readonly allow: readonly AllowedSecret[] };
  readonly prompts: { readonly overrides: Readonly<Record<string, string>> };
}

/** What applies where nothing was written. */
export const defaultConfig: Config = deepFreeze({
  mode: 'PHASE3',
  models: { manager: 'gpt-4.1-mini', employee: 'gpt-4.1-mini' },
  costs: {
    capUsd: 1,
    stageCapUsd: undefined,
    roleCapsUsd: { manager: undefined, supervisor: undefined, employee: undefined },
    warnAtUsd: undefined,
    onCap: 'stop',
    strictSpend: false,
    prices: {},
  },
  loop: defaultLoop,
  git: defaultGit,
  llm: {
    baseUrl: undefined,
    deadlineMs: 180_000,
    maxWaitMs: 60_000,
    fallbacks: {},
    cache: 'off',
    simulate: undefined,
  },
  checks: { commands: [] },
  gates: [],
  safety: { onSuspiciousTask: undefined },
  secrets: { allow: [] },
  prompts: { overrides: {} },
});
