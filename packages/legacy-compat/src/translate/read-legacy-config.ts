import { type ConfigInput, parseConfig } from '@jarvis/core';
import { z } from 'zod';

import { LegacyConfigError } from '../errors.ts';
import { legacyKeys } from './legacy-keys.ts';

/** As Python reads a number that is written as text: in decimal, with `_` between digits. */
const NUMERAL = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/iu;

/** A number the predecessor read leniently: text counts, and nothing means nothing. A blank text is no number. */
const lenientNumber = z.union(
  [
    z.number(),
    z
      .string()
      .trim()
      .regex(NUMERAL)
      .transform((text) => Number(text.replaceAll('_', '')))
      .pipe(z.number()),
    z.null(),
  ],
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

const NUMBERS: readonly string[] = ['max_cost_usd', 'cost_warning_usd', 'max_rounds', 'max_audits_per_stage'];

/** What holds keys of its own. */
const GROUPS: readonly string[] = ['safety', 'orchestrator', 'config'];

/** The content of a `project_config.json`. */
export type LegacyConfig = z.infer<typeof legacyConfigSchema>;

/** A `project_config.json` that was read. */
export interface WrittenConfig {
  readonly values: LegacyConfig;
  /** Its keys in the order of the file, those of `safety` and `orchestrator` dotted. */
  readonly keys: readonly string[];
  /** Those of the keys that are `null` and count as left out. */
  readonly empty: readonly string[];
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
  const raw = parse(recordSchema, written);
  const given = withoutEmpty(raw);
  const { orchestrator } = parse(outlineSchema, given);
  const inner = Object.entries(orchestrator?.config ?? {});
  if (inner.some(([key]) => key === 'mode')) {
    throw new LegacyConfigError({
      problem: 'the mode is written as orchestrator.mode, not under its config',
    });
  }
  const flat = inner.filter(isFlat);
  const twice = flat.find(([key]) => Object.hasOwn(given, key));
  if (twice !== undefined) {
    throw new LegacyConfigError({ problem: `${twice[0]} is also written under orchestrator.config` });
  }

  const [keys, filled] = [listKeys(raw), listKeys(given)];
  return {
    values: parse(legacyConfigSchema, { ...given, ...Object.fromEntries(flat) }),
    keys,
    empty: keys.filter((key) => !filled.includes(key)),
    sections: parseConfig(Object.fromEntries(inner.filter((entry) => !isFlat(entry))), 'orchestrator.config'),
    speaksNew: orchestrator?.mode !== undefined || orchestrator?.config !== undefined,
  };
}

/** What is `null` was left out by whoever wrote it; only of the numbers the predecessor made something else. */
function withoutEmpty(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const filled = Object.entries(record).filter(([key, value]) => value !== null || NUMBERS.includes(key));
  return Object.fromEntries(
    filled.map(([key, value]) => {
      const group = GROUPS.includes(key) ? recordSchema.safeParse(value).data : undefined;
      return [key, group === undefined ? value : withoutEmpty(group)];
    }),
  );
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

/** The keys of the file and, after them, the old ones under `orchestrator.config`. */
function listKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const { orchestrator } = record;
  const config = membersOf(membersOf(orchestrator)['config']);
  return [...Object.entries(record), ...Object.entries(config).filter(isFlat)].flatMap(toKeys);
}

function toKeys([key, value]: [string, unknown]): readonly string[] {
  if (value === null || (key !== 'safety' && key !== 'orchestrator')) return [key];
  return Object.keys(membersOf(value)).map((inner) => `${key}.${inner}`);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return recordSchema.safeParse(value).data ?? {};
}
