import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { SCENARIO_FORMAT, type ScenarioFile, scenarioFileSchema } from './scenario-file.ts';

/** A scenario and the file it was read from. */
export interface NamedScenario {
  /** The name of the file in its folder. */
  readonly name: string;
  readonly file: ScenarioFile;
}

/** Something that could not be read, in one line. */
export interface UnreadableInput {
  readonly name: string;
  readonly problem: string;
}

export interface ScenarioFolder {
  readonly scenarios: readonly NamedScenario[];
  readonly unreadable: readonly UnreadableInput[];
}

const formatSchema = z.looseObject({ format: z.string() });

/** The most problems of one file that are told. */
const MAX_PROBLEMS = 3;

/** Reads every `*.json` of a folder, by name. What cannot be read is told file by file and stops nothing. */
export async function readScenarioFolder(folder: string): Promise<ScenarioFolder> {
  const names = await listNames(folder);
  if (typeof names === 'string') return { scenarios: [], unreadable: [{ name: folder, problem: names }] };
  if (names.length === 0)
    return { scenarios: [], unreadable: [{ name: folder, problem: 'the folder has no *.json' }] };

  const read = await Promise.all(names.map((name) => readScenario(folder, name)));
  return {
    scenarios: read.flatMap((input) => ('file' in input ? [input] : [])),
    unreadable: read.flatMap((input) => ('problem' in input ? [input] : [])),
  };
}

async function listNames(folder: string): Promise<readonly string[] | string> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    return `the folder cannot be read (${codeOf(error)})`;
  }
}

async function readScenario(folder: string, name: string): Promise<NamedScenario | UnreadableInput> {
  const written = await readJson(join(folder, name));
  if ('problem' in written) return { name, problem: written.problem };
  const { data: head } = formatSchema.safeParse(written.value);
  if (head?.format !== SCENARIO_FORMAT) {
    const found = head === undefined ? 'none' : JSON.stringify(head.format.slice(0, 40));
    return { name, problem: `the format is ${found}, expected "${SCENARIO_FORMAT}"` };
  }
  const parsed = scenarioFileSchema.safeParse(written.value);
  return parsed.success ? { name, file: parsed.data } : { name, problem: describeIssues(parsed.error) };
}

async function readJson(path: string): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    return { problem: `the file cannot be read (${codeOf(error)})` };
  }
  if (text.trim() === '') return { problem: 'the file is empty' };
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return {
      problem: `not JSON, or cut off: ${error instanceof Error ? oneLine(error.message) : 'unknown'}`,
    };
  }
}

function describeIssues({ issues }: z.ZodError): string {
  const told = issues
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => `${path.join('.')}: ${oneLine(message)}`);
  const rest = issues.length - told.length;
  return told.join('; ') + (rest === 0 ? '' : `; and ${String(rest)} more`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** Messages quote the file, which may hold anything. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}
