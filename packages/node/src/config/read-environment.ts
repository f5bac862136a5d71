import { homedir } from 'node:os';

import {
  type ConfigInput,
  type ConfigLayer,
  type ConfigProblem,
  isInvalidConfigError,
  parseConfig,
} from '@jarvis/core';

/** What the environment of the process says, read once. */
export interface Environment {
  /** The key of the model server; `undefined` when there is none or it cannot be one. */
  readonly apiKey: string | undefined;
  readonly homeDirectory: string;
  /** `$PATH`: where programs such as git are found. */
  readonly executablePath: string;
  /** `$JARVIS_HOME`: where all state is kept. */
  readonly jarvisHome: string | undefined;
  readonly xdgStateHome: string | undefined;
  readonly xdgConfigHome: string | undefined;
  /** The part of the configuration that was written as variables, one layer each. */
  readonly layers: readonly ConfigLayer[];
  /** What is wrong with the variables. `loadConfig` reports it, for every command that opens a context. */
  readonly problems: readonly ConfigProblem[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** How a variable becomes configuration; an error message when it cannot. */
type ToConfig = (text: string) => ConfigInput | Record<string, unknown> | string;

const CONFIG_VARIABLES: Readonly<Record<string, ToConfig>> = {
  OPENAI_BASE_URL: (text) => ({ llm: { baseUrl: text } }),
  JARVIS_ORCHESTRATOR_MODE: (text) => ({ mode: text }),
  JARVIS_MODEL: (text) => ({ models: { manager: text, employee: text } }),
  JARVIS_MAX_COST_USD: toCap,
};

/** Reads the environment. Nothing else in this project does. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const read = (name: string) => nonEmpty(variables[name]);
  const apiKey = read('OPENAI_API_KEY');
  const keyProblems = apiKey === undefined ? [] : findKeyProblems(apiKey);
  const written = Object.entries(CONFIG_VARIABLES).map(([name, toConfig]) =>
    toLayer(name, read(name), toConfig),
  );
  return {
    apiKey: keyProblems.length > 0 ? undefined : apiKey,
    homeDirectory: read('HOME') ?? homedir(),
    executablePath: variables['PATH'] ?? '',
    jarvisHome: read('JARVIS_HOME'),
    xdgStateHome: read('XDG_STATE_HOME'),
    xdgConfigHome: read('XDG_CONFIG_HOME'),
    layers: written.flatMap(({ layers }) => layers),
    problems: [...keyProblems, ...written.flatMap(({ problems }) => problems)],
  };
}

/** The values of the environment that must never be shown: the key as it is set, also where no key can look like that. */
export function readSecrets(variables: Variables = process.env): readonly string[] {
  const key = nonEmpty(variables['OPENAI_API_KEY']);
  return key === undefined ? [] : [...new Set([key, key.trim()])];
}

interface WrittenVariable {
  readonly layers: readonly ConfigLayer[];
  readonly problems: readonly ConfigProblem[];
}

function toLayer(name: string, text: string | undefined, toConfig: ToConfig): WrittenVariable {
  if (text === undefined) return { layers: [], problems: [] };
  const written = toConfig(text);
  if (typeof written === 'string') {
    return { layers: [], problems: [{ origin: name, key: '', problem: written }] };
  }
  try {
    return { layers: [{ origin: name, level: 'user', config: parseConfig(written, name) }], problems: [] };
  } catch (error) {
    if (isInvalidConfigError(error)) return { layers: [], problems: error.problems };
    throw error;
  }
}

function toCap(text: string): ConfigInput | string {
  if (text === 'unlimited') return { costs: { capUsd: 'unlimited' } };
  const capUsd = /^[+-]?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(capUsd)) return { costs: { capUsd } };
  return `it must be a number of US dollars such as 1.50, or unlimited (it is ${JSON.stringify(text.slice(0, 80))})`;
}

/** A key travels in a header, so it is printable ASCII without spaces. It is never shown, also when it is wrong. */
function findKeyProblems(apiKey: string): readonly ConfigProblem[] {
  if (/^[\u0021-\u007e]+$/u.test(apiKey)) return [];
  const problem =
    'it contains a space, a line break or another character no key has. Set it again, without quotes.';
  return [{ origin: 'OPENAI_API_KEY', key: '', problem }];
}

/** A variable that is set to nothing counts as not set. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
