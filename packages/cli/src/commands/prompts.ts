import { resolve } from 'node:path';

import {
  adoptOverride,
  hasErrorCode,
  lintPrompts,
  type PromptRefusedError,
  templateFingerprint,
} from '@jarvis/core';
import { builtInPrompts } from '@jarvis/loops';
import { readPromptFile } from '@jarvis/node';

import { UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { toJson } from '../ui/to-json.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import type { CliCommand } from './cli-command.ts';

const HINT = 'Write: jarvis prompts list, jarvis prompts show <id>, or jarvis prompts lint [file]';

const { prompts, domains, parts } = builtInPrompts;

/** A prompt as it is listed; those that can be replaced take a file in `prompts.overrides`. */
const LISTED = [
  ...prompts.map((prompt) => ({ ...prompt, canBeReplaced: true })),
  ...domains.map((prompt) => ({ ...prompt, parts: [], canBeReplaced: true })),
  ...parts.map((prompt) => ({ ...prompt, parts: [], canBeReplaced: false })),
];

/** What is wrong, and with what: the id of a built-in prompt, or a file. */
interface Problem {
  readonly at: string;
  readonly problem: string;
}

/** `jarvis prompts list | show <id> | lint [file]` */
export const promptsCommand: CliCommand = {
  args: ['list, show or lint', 'the id of a prompt to show, or a file to check'],
  options: [],
  examples: [
    'jarvis prompts list',
    'jarvis prompts show employee.work',
    'jarvis prompts lint ~/prompts/work.md',
  ],
  run: async ({ args, options }, io) => {
    const [what, name] = args;
    const { json } = globalOptionsSchema.parse(options);
    if (what === 'list') return list(json, io);
    if (what === 'show' && name !== undefined) return show(name, json, io);
    if (what === 'lint') return lint(name, json, io);
    throw new UsageError({ problem: 'That cannot be done with prompts.', hint: HINT });
  },
};

function list(isJson: boolean, io: CliIo): ExitCode {
  const rows = LISTED.map(({ text, ...prompt }) => ({
    ...prompt,
    fingerprint: templateFingerprint({ ...prompt, text }),
    characters: text.length,
  }));
  const lines = rows.map(({ fingerprint, characters, parts: of, canBeReplaced }) =>
    [
      fingerprint.padEnd(38),
      `${String(characters)} characters`.padEnd(16),
      canBeReplaced ? 'can be replaced' : 'part of others',
      ...(of.length === 0 ? [] : [`of ${of.join(', ')}`]),
    ].join('  '),
  );
  io.out(isJson ? toJson(rows) : `${lines.join('\n')}\n`);
  return exitCodes.done;
}

function show(id: string, isJson: boolean, io: CliIo): ExitCode {
  const prompt = LISTED.find((listed) => listed.id === id);
  if (prompt === undefined) {
    const known = LISTED.map((listed) => listed.id).join(', ');
    throw new UsageError({ problem: `There is no prompt "${id}".`, hint: `Choose one of: ${known}` });
  }
  const { version, text } = prompt;
  // As a file that can be changed and used in its place.
  io.out(isJson ? toJson(prompt) : `---\nid: ${id}\nversion: ${String(version)}\n---\n${text}\n`);
  return exitCodes.done;
}

async function lint(file: string | undefined, isJson: boolean, io: CliIo): Promise<ExitCode> {
  const problems = file === undefined ? lintBuiltIn() : await lintFile(resolve(io.folder, file));
  const lines = problems.map(({ at, problem }) => `${at}: ${problem}`);
  const text = lines.length === 0 ? 'Nothing is wrong.' : lines.join('\n');
  io.out(isJson ? toJson({ problems }) : `${escapeForTerminal(text)}\n`);
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}

function lintBuiltIn(): readonly Problem[] {
  const found = lintPrompts({ prompts, parts: [...domains, ...parts] });
  return found.map(({ id, problem }) => ({ at: id, problem }));
}

async function lintFile(path: string): Promise<readonly Problem[]> {
  const read = await readPromptFile(path);
  if ('problem' in read) return [{ at: path, problem: read.problem }];
  try {
    adoptOverride(read.prompt, { prompts, parts: domains });
    return [];
  } catch (error) {
    if (!isRefused(error)) throw error;
    return error.problems.map((problem) => ({ at: path, problem }));
  }
}

function isRefused(error: unknown): error is PromptRefusedError {
  return hasErrorCode(error, 'JARVIS_PROMPT_REFUSED');
}
