import type { z } from 'zod';

import { nearestWord } from '../errors/nearest-word.ts';
import { type ConfigProblem, InvalidConfigError } from './config-errors.ts';
import { type ConfigInput, configSchema } from './config-schema.ts';

/** The longest part of a bad value an error shows, in characters. */
const SHOWN_CHARACTERS = 80;

/**
 * Checks what a user wrote. `{ orchestrator: { mode, config } }`, the spelling of the consolidation plan, is
 * understood too.
 *
 * @param written the configuration as data
 * @param origin where it was written, for the messages
 * @throws {@link InvalidConfigError} with all problems at once.
 */
export function parseConfig(written: unknown, origin: string): ConfigInput {
  const unfolded = unfoldOrchestrator(written);
  const parsed = configSchema.safeParse(unfolded);
  if (parsed.success) return parsed.data;

  const problems = parsed.error.issues.flatMap((issue) => toProblems(issue, unfolded, origin));
  throw new InvalidConfigError({ problems });
}

function unfoldOrchestrator(written: unknown): unknown {
  if (!isObject(written) || !isObject(written['orchestrator'])) return written;
  const { orchestrator, ...rest } = written;
  const { mode, config, ...unknown } = orchestrator as Record<string, unknown>;
  return {
    ...rest,
    ...(mode === undefined ? {} : { mode }),
    ...(isObject(config) ? config : {}),
    ...Object.fromEntries(Object.entries(unknown).map(([key, value]) => [`orchestrator.${key}`, value])),
  };
}

function toProblems(issue: z.core.$ZodIssue, written: unknown, origin: string): readonly ConfigProblem[] {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ origin, key: join(key, name), problem: unknownKey(issue.path, name) }));
  }
  const value = issue.path.reduce<unknown>((inner, part) => (isObject(inner) ? inner[String(part)] : undefined), written);
  return [{ origin, key, problem: `${issue.message} (it is ${show(value)})` }];
}

function unknownKey(path: readonly PropertyKey[], name: string): string {
  const known = keysAt(path);
  const nearest = nearestWord(name, known);
  return `unknown key. ${nearest === undefined ? `Known keys: ${known.join(', ')}.` : `Did you mean "${nearest}"?`}`;
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const section = path[0] === undefined ? undefined : defaultShape()[String(path[0])];
  return section ?? Object.keys(configSchema.shape);
}

function defaultShape(): Readonly<Record<string, readonly string[]>> {
  const { models, costs, loop, git, llm } = configSchema.shape;
  const sections = { models, costs, loop, git, llm };
  return Object.fromEntries(
    Object.entries(sections).map(([name, section]) => [name, Object.keys(section.unwrap().shape)]),
  );
}

function join(key: string, name: string): string {
  return key === '' ? name : `${key}.${name}`;
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
