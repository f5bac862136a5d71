import type { z } from 'zod';

import { showValue } from '../errors/show-value.ts';
import { type ConfigProblem, InvalidConfigError } from './config-errors.ts';
import { type ConfigInput, configSchema } from './config-schema.ts';
import { deepFreeze } from './deep-freeze.ts';
import { isObject } from './entries.ts';
import { expectedWords } from './expected-words.ts';
import { suggestKey } from './known-keys.ts';
import { type KeyProblem, unfoldOrchestrator } from './unfold-orchestrator.ts';

/**
 * Checks what a user wrote. `{ orchestrator: { mode, config } }`, the spelling of the consolidation plan, is
 * understood too. A cap of `null` counts as left out.
 *
 * @param written the configuration as data
 * @param origin where it was written, for the messages
 * @returns what was written, frozen.
 * @throws {@link InvalidConfigError} with all problems at once.
 */
export function parseConfig(written: unknown, origin: string): ConfigInput {
  const { config, spelling, problems: shapeProblems } = unfoldOrchestrator(written);
  const parsed = configSchema.safeParse(leaveOutEmptyCap(config), { error: expectedWords });
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toProblems(issue, config));
  const problems = [...shapeProblems, ...issues, ...findHiddenModel(config)];
  if (parsed.success && problems.length === 0) return deepFreeze(parsed.data);

  throw new InvalidConfigError({ problems: problems.map((found) => locate(found, { origin, spelling })) });
}

/** Other tools write a value nobody chose as `null`; for the cap that means the default, never "no cap". */
function leaveOutEmptyCap(config: unknown): unknown {
  const costs = isObject(config) ? config.costs : undefined;
  if (!isObject(config) || !isObject(costs) || costs.capUsd !== null) return config;
  return { ...config, costs: { ...costs, capUsd: undefined } };
}

/** The schema drops a model of this name without a word, as it could not be kept apart from the prototype. */
function findHiddenModel(config: unknown): readonly KeyProblem[] {
  const costs = isObject(config) ? config.costs : undefined;
  const prices = isObject(costs) ? costs.prices : undefined;
  return isObject(prices) && Object.hasOwn(prices, '__proto__')
    ? [{ key: 'costs.prices.__proto__', problem: 'is not a name a model may have' }]
    : [];
}

function toProblems(issue: z.core.$ZodIssue, config: unknown): readonly KeyProblem[] {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      key: key === '' ? name : `${key}.${name}`,
      problem: `unknown key. ${suggestKey(issue.path, name)}`,
    }));
  }
  const value = issue.path.reduce<unknown>(
    (outer, part) => (isObject(outer) ? outer[String(part)] : elementOf(outer, part)),
    config,
  );
  return [{ key, problem: `${issue.message} (it is ${showValue(value)})` }];
}

function elementOf(outer: unknown, part: PropertyKey): unknown {
  const elements: readonly unknown[] = Array.isArray(outer) ? outer : [];
  return elements[Number(part)];
}

interface WrittenAt {
  readonly origin: string;
  readonly spelling: ReadonlyMap<string, string>;
}

function locate({ key, problem }: KeyProblem, { origin, spelling }: WrittenAt): ConfigProblem {
  const [section = '', ...rest] = key.split('.');
  return { origin, key: [spelling.get(section) ?? section, ...rest].join('.'), problem };
}
