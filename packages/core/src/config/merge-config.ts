import { InvalidConfigError } from './config-errors.ts';
import { type Config, type ConfigInput, defaultConfig } from './config-schema.ts';

/** A configuration and where it was written. */
export interface ConfigLayer {
  readonly origin: string;
  /** `project` layers come with the project's files: they may tighten limits, never loosen them or redirect calls. */
  readonly level: 'user' | 'project';
  readonly config: ConfigInput;
}

export interface MergedConfig {
  readonly config: Config;
  /** Where each value comes from, by dotted key; `default` where nobody wrote it. */
  readonly origins: Readonly<Record<string, string>>;
}

type Section = 'models' | 'costs' | 'loop' | 'git' | 'llm';
type Values = Record<string, unknown>;

const SECTIONS: readonly Section[] = ['models', 'costs', 'loop', 'git', 'llm'];

/**
 * Puts layers over the defaults; later layers win.
 *
 * @throws {@link InvalidConfigError} when a project layer sets what only the user may set.
 */
export function mergeConfig(layers: readonly ConfigLayer[]): MergedConfig {
  const problems = layers.flatMap(findOverreach);
  if (problems.length > 0) throw new InvalidConfigError({ problems });

  const origins: Record<string, string> = { mode: 'default' };
  for (const section of SECTIONS) {
    for (const key of Object.keys(defaultConfig[section])) origins[`${section}.${key}`] = 'default';
  }
  const config = layers.reduce((merged, layer) => putOver(merged, layer, origins), defaultConfig);
  return { config, origins };
}

function putOver(base: Config, layer: ConfigLayer, origins: Record<string, string>): Config {
  const merged: Values = { ...base };
  if (layer.config.mode !== undefined) {
    merged['mode'] = layer.config.mode;
    origins['mode'] = layer.origin;
  }
  for (const section of SECTIONS) {
    const written: Values = { ...layer.config[section] };
    const before: Values = { ...base[section] };
    merged[section] = mergeSection(section, { before, written, layer, origins });
  }
  return merged as unknown as Config;
}

interface SectionMerge {
  readonly before: Values;
  readonly written: Values;
  readonly layer: ConfigLayer;
  readonly origins: Record<string, string>;
}

function mergeSection(section: Section, { before, written, layer, origins }: SectionMerge): Values {
  const merged = { ...before };
  for (const [key, value] of Object.entries(written)) {
    if (value === undefined || (layer.level === 'project' && !tightens(before[key], value))) continue;
    merged[key] = key === 'prices' ? { ...Object(before[key]), ...Object(value) } : value;
    origins[`${section}.${key}`] = layer.origin;
  }
  return merged;
}

/** A number from a project file counts when it is lower; other values were checked by {@link findOverreach}. */
function tightens(before: unknown, value: unknown): boolean {
  if (typeof value === 'number' && typeof before === 'number') return value <= before;
  return true;
}

const USER_ONLY: readonly (readonly [Section, string])[] = [
  ['costs', 'prices'],
  ['git', 'init'],
  ['llm', 'baseUrl'],
  ['llm', 'simulate'],
];

function findOverreach({ level, origin, config }: ConfigLayer) {
  if (level === 'user') return [];
  const overreach = USER_ONLY.filter(([section, key]) => Object.hasOwn(config[section] ?? {}, key));
  const problems = overreach.map(([section, key]) => ({
    origin,
    key: `${section}.${key}`,
    problem: 'a project file may not set this. Put it into your own configuration, or use a flag.',
  }));
  const unlimited = config.costs?.capUsd === 'unlimited';
  return unlimited
    ? [...problems, { origin, key: 'costs.capUsd', problem: 'a project file may lower the cap, not lift it.' }]
    : problems;
}
