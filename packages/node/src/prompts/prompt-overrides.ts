import { join, sep } from 'node:path';

import { PromptRefusedError, type PromptTemplate, type RunContext } from '@jarvis/core';

import { readPromptFile } from './read-prompt-file.ts';

export interface PromptFolders {
  /** What `~` stands for. */
  readonly home: string;
  /** The real path of the project folder. What lies in it is written by agents and no place for prompts. */
  readonly workspace: string;
}

/** Reads the prompts of the user's from the files the configuration names. */
export function promptOverridesReader(
  folders: PromptFolders,
): NonNullable<RunContext['readPromptOverrides']> {
  return (files) =>
    Promise.all(Object.entries(files).map(([id, file]) => readOverride({ id, file }, folders)));
}

async function readOverride(
  { id, file }: { readonly id: string; readonly file: string },
  { home, workspace }: PromptFolders,
): Promise<PromptTemplate> {
  const path = file.startsWith('~/') ? join(home, file.slice(2)) : file;
  const read = await readPromptFile(path);
  if ('problem' in read) throw new PromptRefusedError({ id, problems: [`${path}: ${read.problem}`] });
  if (read.path.startsWith(`${workspace}${sep}`)) {
    throw new PromptRefusedError({
      id,
      problems: [`${file} lies in the project folder, where agents write`],
    });
  }
  if (read.prompt.id !== id) {
    throw new PromptRefusedError({
      id,
      problems: [`${file} holds a prompt with the id "${read.prompt.id}"`],
    });
  }
  return read.prompt;
}
