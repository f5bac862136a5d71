import { type ConfigInput, type GateRule, parseConfig } from '@jarvis/core';

import { chargedAsGpt4o, chargedPrices } from '../dialects/charged-prices.ts';
import { chooseModule } from './choose-module.ts';
import { type LegacyModule, legacyModules } from './legacy-modules.ts';
import { type LegacyVariables, noteOnVariables } from './legacy-variables.ts';
import { nameOldKeys } from './name-old-keys.ts';
import { toNotes } from './note-on-key.ts';
import { type LegacyConfig, readLegacyConfig, type WrittenConfig } from './read-legacy-config.ts';
import { settleCosts } from './settle-costs.ts';

/** What became of a `project_config.json`. */
export interface TranslatedConfig {
  readonly config: ConfigInput;
  /** The task it names; tasks are given on the command line now. */
  readonly task?: string;
  /** One line for each key that was not carried over one to one, with the reason. */
  readonly notes: readonly string[];
  /** Those of the notes a person has to answer, with what was taken until then. */
  readonly questions: readonly string[];
}

const DEFAULT_MODEL = 'gpt-4o-mini';

/**
 * Translates a `project_config.json`, and the variables of the environment the predecessor ran in, for the module that
 * read them. Nothing is dropped in silence: see `notes`.
 *
 * @param written the content of the file, as data
 * @param variables the old variables of the environment that name models
 * @param module the module that ran the project. Default: the one the file names; where it names none,
 * `orchestrator_2loop` is taken and `questions` says so.
 * @throws {@link LegacyConfigError} when it is not such a configuration.
 * @throws {@link InvalidConfigError} when a section under `orchestrator.config` is none of this release.
 */
export function fromLegacyConfig(
  written: unknown,
  variables: LegacyVariables = {},
  module?: LegacyModule,
): TranslatedConfig {
  const read = readLegacyConfig(written);
  const chosen = chooseModule(read.values, module);
  const { task } = read.values;
  const config = requireValid(translate(read, variables, chosen.module));
  return {
    config: addSections({ mode: chosen.mode, ...config }, read),
    ...(task === undefined ? {} : { task }),
    notes: [
      ...chosen.questions,
      ...chosen.notes,
      ...noteOnVariables(variables, read.sections, chosen.module),
      ...toNotes(read, chosen.module),
    ],
    questions: chosen.questions,
  };
}

function translate(read: WrittenConfig, variables: LegacyVariables, module: LegacyModule): ConfigInput {
  const { values } = read;
  const models = toModels(variables, module);
  const gates = toGates(values, module);
  const loop = toLoop(values, module);
  return {
    models,
    costs: { ...settleCosts(read), ...pricesOf(models) },
    ...(Object.keys(loop).length === 0 ? {} : { loop }),
    ...(gates.length === 0 ? {} : { gates }),
    git: values.use_git === true ? { commit: 'required', init: true } : { commit: 'off' },
  };
}

function requireValid(config: ConfigInput): ConfigInput {
  try {
    return parseConfig(config, 'project_config.json');
  } catch (error) {
    throw nameOldKeys(error);
  }
}

/** What is written in the words of this release counts more, value by value; but no cap is lifted. */
function addSections(config: ConfigInput, read: WrittenConfig): ConfigInput {
  const { models, costs, loop, git, gates } = config;
  const { sections } = read;
  const { warnAtUsd: _said, ...others } = sections.costs ?? {};
  return {
    ...config,
    ...sections,
    models: { ...models, ...sections.models },
    costs: { ...costs, ...others, ...settleCosts(read) },
    git: { ...git, ...sections.git },
    // Each of them is to be passed.
    ...(gates === undefined ? {} : { gates: [...gates, ...(sections.gates ?? [])] }),
    ...(loop === undefined && sections.loop === undefined ? {} : { loop: { ...loop, ...sections.loop } }),
  };
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
