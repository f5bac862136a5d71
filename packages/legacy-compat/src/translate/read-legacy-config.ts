import { type ConfigInput, parseConfig } from '@jarvis/core';
import { z } from 'zod';

import { LegacyConfigError } from '../errors.ts';
import { legacyKeys } from './legacy-keys.ts';

/** A number the predecessor read leniently: text counts, and nothing means nothing. A blank text is no number. */
const lenientNumber = z.union(
  [z.number(), z.string().transform((text) => (text.trim() === '' ? Number.NaN : Number(text))), z.null()],
  { error: 'expected a number' },
);

const recordSchema = z.record(z.string(), z.unknown());

const orchestratorSchema = z.looseObject({
  type: z.unknown().exactOptional(),
  loops: z.unknown().exactOptional(),
  mode: z.unknown().exactOptional(),
  config: recordSchema.exactOptional(),
});

/** What has to be known before the rest is read: where old keys may be written. */
const outlineSchema = z.looseObject({ orchestrator: orchestratorSchema.exactOptional() });

const legacyConfigSchema = outlineSchema.extend({
  task: z.string().exactOptional(),
  mode: z.unknown().exactOptional(),
  max_cost_usd: lenientNumber.exactOptional(),
  cost_warning_usd: lenientNumber.exactOptional(),
  max_rounds: lenientNumber.exactOptional(),
  max_audits_per_stage: lenientNumber.exactOptional(),
  interactive_cost_mode: z.string().exactOptional(),
  use_git: z.boolean().exactOptional(),
  safety: z.looseObject({ run_safety_before_final: z.boolean().exactOptional() }).exactOptional(),
});

/** The content of a `project_config.json`. */
export type LegacyConfig = z.infer<typeof legacyConfigSchema>;

/** A `project_config.json` that was read. */
export interface WrittenConfig {
  readonly values: LegacyConfig;
  /** Its keys in the order of the file, those of `safety` and `orchestrator` dotted. */
  readonly keys: readonly string[];
  /** What `orchestrator.config` says in the words of this release. */
  readonly sections: ConfigInput;
  /** Whether it is written as the consolidation plan has it: `orchestrator: { mode, config }`. */
  readonly speaksNew: boolean;
}

/**
 * @throws {@link LegacyConfigError} when it is no such configuration, or says a thing twice.
 * @throws {@link InvalidConfigError} when a section under `orchestrator.config` is none of this release.
 */
export function readLegacyConfig(written: unknown): WrittenConfig {
  const top = parse(outlineSchema, written);
  const { orchestrator } = top;
  const inner = Object.entries(orchestrator?.config ?? {});
  if (inner.some(([key]) => key === 'mode')) {
    throw new LegacyConfigError({
      problem: 'the mode is written as orchestrator.mode, not under its config',
    });
  }
  const flat = inner.filter(isFlat);
  const twice = flat.find(([key]) => Object.hasOwn(top, key));
  if (twice !== undefined) {
    throw new LegacyConfigError({ problem: `${twice[0]} is also written under orchestrator.config` });
  }

  const all = [...Object.entries(recordSchema.parse(written)), ...flat];
  return {
    values: parse(legacyConfigSchema, Object.fromEntries(all)),
    keys: all.flatMap(toKeys),
    sections: parseConfig(Object.fromEntries(inner.filter((entry) => !isFlat(entry))), 'orchestrator.config'),
    speaksNew: orchestrator?.mode !== undefined || orchestrator?.config !== undefined,
  };
}

function isFlat([key]: [string, unknown]): boolean {
  return Object.hasOwn(legacyKeys, key);
}

function parse<Parsed>(schema: z.ZodType<Parsed>, written: unknown): Parsed {
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new LegacyConfigError({ problem: parsed.error.issues.map(renderIssue) });
}

function renderIssue({ path, message }: z.core.$ZodIssue): string {
  const told = message.replace(/^Invalid input: /u, '');
  return path.length === 0 ? told : `${path.map(String).join('.')}: ${told}`;
}

function toKeys([key, value]: [string, unknown]): readonly string[] {
  if (key !== 'safety' && key !== 'orchestrator') return [key];
  return Object.keys(recordSchema.parse(value)).map((inner) => `${key}.${inner}`);
}
