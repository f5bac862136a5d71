import type { ConfigInput } from '@jarvis/core';
import { z } from 'zod';

import { chargedAsGpt4o, chargedPrices } from '../dialects/charged-prices.ts';
import { LegacyConfigError } from '../errors.ts';

/** A number the predecessor read leniently: text counts, and nothing means nothing. */
const lenientNumber = z.union([z.number(), z.string().transform(Number), z.null()]);

const legacyConfigSchema = z.looseObject({
  task: z.string().exactOptional(),
  max_cost_usd: lenientNumber.exactOptional(),
  max_rounds: lenientNumber.exactOptional(),
  use_git: z.boolean().exactOptional(),
});

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
  interactive_cost_mode: 'a run asks for approval at gates, which this release does not have yet',
  cost_warning_usd: 'the cap is held before the money is spent; a warning is not needed',
  use_visual_review: 'pages are checked with an HTML checker',
};

/** The environment variables the predecessor took models from, as far as they still mean something. */
export interface LegacyVariables {
  readonly DEFAULT_MANAGER_MODEL?: string;
}

const DEFAULT_MODEL = 'gpt-4o-mini';

/**
 * Translates the flat keys of a `project_config.json`, and the variables of the environment the predecessor ran in.
 * Nothing is dropped in silence: see `notes`.
 *
 * @throws {@link LegacyConfigError} when it is not such a configuration.
 */
export function fromLegacyConfig(written: unknown, variables: LegacyVariables = {}): TranslatedConfig {
  const parsed = legacyConfigSchema.safeParse(written);
  if (!parsed.success) throw new LegacyConfigError({ problem: z.prettifyError(parsed.error) });

  const { task, max_cost_usd: cap, max_rounds: rounds, use_git: usesGit, ...rest } = parsed.data;
  const maxRounds = rounds ?? undefined;
  const { DEFAULT_MANAGER_MODEL: manager = DEFAULT_MODEL } = variables;
  return {
    config: {
      mode: 'SIMPLE_2LOOP',
      models: { manager, employee: DEFAULT_MODEL },
      costs: { capUsd: toCap(cap), ...priceOfManager(manager) },
      ...(maxRounds === undefined ? {} : { loop: { maxRounds } }),
      git: usesGit === true ? { commit: 'required', init: true } : { commit: 'off' },
    },
    ...(task === undefined ? {} : { task }),
    notes: [...capNotes(cap), ...Object.keys(rest).map(noteOn)],
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

function noteOn(key: string): string {
  const instead = DROPPED[key];
  return instead === undefined
    ? `${key}: not known; it is left out.`
    : `${key}: left out, because ${instead}.`;
}

/** legacy: a model was charged as gpt-4o when its name contains that of gpt-4o; other names were charged otherwise. */
function priceOfManager(model: string): Pick<NonNullable<ConfigInput['costs']>, 'prices'> {
  const isListed = Object.hasOwn(chargedPrices.models, model);
  return isListed || !model.includes('gpt-4o') ? {} : { prices: { [model]: chargedAsGpt4o } };
}
