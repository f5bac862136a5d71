import type { ConfigInput, GateRule } from '@jarvis/core';
import { z } from 'zod';

import { chargedAsGpt4o, chargedPrices } from '../dialects/charged-prices.ts';
import { LegacyConfigError } from '../errors.ts';
import { type LegacyModule, legacyModules } from './legacy-modules.ts';

/** A number the predecessor read leniently: text counts, and nothing means nothing. */
const lenientNumber = z.union([z.number(), z.string().transform(Number), z.null()]);

const legacyConfigSchema = z.looseObject({
  task: z.string().exactOptional(),
  max_cost_usd: lenientNumber.exactOptional(),
  cost_warning_usd: lenientNumber.exactOptional(),
  max_rounds: lenientNumber.exactOptional(),
  max_audits_per_stage: lenientNumber.exactOptional(),
  interactive_cost_mode: z.string().exactOptional(),
  use_git: z.boolean().exactOptional(),
  safety: z.looseObject({ run_safety_before_final: z.boolean().exactOptional() }).exactOptional(),
});

const recordSchema = z.record(z.string(), z.unknown());

/** Keys that are carried over, or of which another note tells. */
const CARRIED_OVER: readonly string[] = ['task', 'max_cost_usd', 'use_git'];

type LegacyConfig = z.infer<typeof legacyConfigSchema>;

/** What became of a `project_config.json`. */
export interface TranslatedConfig {
  readonly config: ConfigInput;
  /** The task it names; tasks are given on the command line now. */
  readonly task?: string;
  /** One line for each key that was not carried over one to one, with the reason. */
  readonly notes: readonly string[];
}

/** Keys that are known and have no counterpart, each with what is there instead. */
const DROPPED: Readonly<Record<string, string>> = {
  project_name: 'the folder has the name',
  project_subdir: 'the project folder is given with --workspace',
  prompts_file: 'prompts are part of the dialect',
  use_visual_review: 'the reviewer is told what is on the pages in any case, and pages are checked',
};

/** The environment variables the predecessor took models from, as far as they still mean something. */
export interface LegacyVariables {
  readonly DEFAULT_MANAGER_MODEL?: string;
  readonly DEFAULT_SUPERVISOR_MODEL?: string;
}

const DEFAULT_MODEL = 'gpt-4o-mini';

/**
 * Translates the flat keys of a `project_config.json`, and the variables of the environment the predecessor ran in,
 * for the module that read them. Nothing is dropped in silence: see `notes`.
 *
 * @throws {@link LegacyConfigError} when it is not such a configuration.
 */
export function fromLegacyConfig(
  written: unknown,
  variables: LegacyVariables = {},
  module: LegacyModule = 'orchestrator_2loop',
): TranslatedConfig {
  const parsed = legacyConfigSchema.safeParse(written);
  if (!parsed.success) throw new LegacyConfigError({ problem: z.prettifyError(parsed.error) });

  const { task, max_cost_usd: cap, use_git: usesGit } = parsed.data;
  // In the order of the file.
  const keys = Object.keys(recordSchema.parse(written)).filter((key) => !CARRIED_OVER.includes(key));
  const gates = toGates(parsed.data, module);
  const loop = toLoop(parsed.data, module);
  return {
    config: {
      mode: legacyModules[module].mode,
      models: toModels(variables, module),
      costs: { capUsd: toCap(cap), ...pricesOf(toModels(variables, module)) },
      ...(Object.keys(loop).length === 0 ? {} : { loop }),
      ...(gates.length === 0 ? {} : { gates }),
      git: usesGit === true ? { commit: 'required', init: true } : { commit: 'off' },
    },
    ...(task === undefined ? {} : { task }),
    notes: [...capNotes(cap), ...keys.flatMap((key) => noteOn(key, parsed.data, module))],
  };
}

/** The predecessor took 0, null and nothing for "no cap". */
function toCap(cap: number | null | undefined): number | 'unlimited' {
  return cap === undefined || cap === null || cap === 0 ? 'unlimited' : cap;
}

function capNotes(cap: number | null | undefined): readonly string[] {
  if (toCap(cap) !== 'unlimited') return [];
  return [
    `max_cost_usd: ${String(cap ?? 'left out')} meant no cap; it is now written out as costs.capUsd: "unlimited".`,
  ];
}

function toLoop(written: LegacyConfig, module: LegacyModule): NonNullable<ConfigInput['loop']> {
  const { max_rounds: rounds, max_audits_per_stage: audits, safety } = written;
  const { hasRounds, hasAudits, hasSafety, loop } = legacyModules[module];
  const checks = safety?.run_safety_before_final;
  return {
    ...loop,
    ...(hasRounds && typeof rounds === 'number' ? { maxRounds: rounds } : {}),
    ...(hasAudits && typeof audits === 'number' ? { maxAuditsPerStage: audits } : {}),
    ...(hasSafety && checks !== undefined ? { checkBeforeEnd: checks } : {}),
  };
}

/** The question on the console: before any work is paid for, and in some modules only from a certain cost on. */
function toGates(written: LegacyConfig, module: LegacyModule): GateRule[] {
  const { interactive_cost_mode: asks = 'off', cost_warning_usd: warning } = written;
  if (asks === 'off') return [];
  const rule: GateRule = { at: 'plan', approvers: [{ role: 'user' }] };
  if (!legacyModules[module].asksFromWarningOn || typeof warning !== 'number' || warning <= 0) return [rule];
  const because = `The cost is below cost_warning_usd, ${String(warning)} US dollars.`;
  return [{ ...rule, autoApprove: [{ when: [{ field: 'amountUsd', lt: warning }], because }] }];
}

function noteOn(key: string, written: LegacyConfig, module: LegacyModule): readonly string[] {
  const { hasRounds, hasAudits, hasSafety } = legacyModules[module];
  const reasons: Readonly<Record<string, string | undefined>> = {
    ...DROPPED,
    max_rounds: hasRounds ? undefined : `${module} did not read it`,
    max_audits_per_stage: hasAudits ? undefined : `${module} did not read it`,
    safety: hasSafety ? undefined : `${module} made no safety check`,
  };
  if (key === 'interactive_cost_mode') return [noteOnQuestion(written.interactive_cost_mode)];
  if (key === 'cost_warning_usd') return [noteOnWarning(written, module)];
  if (Object.hasOwn(reasons, key)) {
    const reason = reasons[key];
    return reason === undefined ? [] : [`${key}: left out, because ${reason}.`];
  }
  return [`${key}: not known; it is left out.`];
}

function noteOnQuestion(asks = 'off'): string {
  return asks === 'off'
    ? 'interactive_cost_mode: off; nothing is asked.'
    : `interactive_cost_mode: ${asks}; a gate at "plan" asks instead of the console, see jarvis approve.`;
}

function noteOnWarning({ interactive_cost_mode: asks = 'off' }: LegacyConfig, module: LegacyModule): string {
  const isUsed = asks !== 'off' && legacyModules[module].asksFromWarningOn;
  return isUsed
    ? 'cost_warning_usd: below it the gate at "plan" approves itself.'
    : 'cost_warning_usd: left out, because the cap is held before the money is spent; a warning is not needed.';
}

interface Models {
  readonly manager: string;
  readonly employee: string;
  readonly supervisor?: string;
}

function toModels(variables: LegacyVariables, module: LegacyModule): Models {
  const { DEFAULT_MANAGER_MODEL: manager = DEFAULT_MODEL } = variables;
  const { DEFAULT_SUPERVISOR_MODEL: supervisor = DEFAULT_MODEL } = variables;
  const { hasSupervisor } = legacyModules[module];
  return { manager, employee: DEFAULT_MODEL, ...(hasSupervisor ? { supervisor } : {}) };
}

/** legacy: a model was charged as gpt-4o when its name contains that of gpt-4o; other names were charged otherwise. */
function pricesOf(models: Models): Pick<NonNullable<ConfigInput['costs']>, 'prices'> {
  const added = Object.values(models).filter(
    (model: string) => !Object.hasOwn(chargedPrices.models, model) && model.includes('gpt-4o'),
  );
  if (added.length === 0) return {};
  return { prices: Object.fromEntries(added.map((model: string) => [model, chargedAsGpt4o])) };
}
