import { z } from 'zod';

import type { Round, RunState } from './run-state.ts';

const files = z.int().nonnegative();

/** What no commit held when a run was accepted. */
export const uncommittedSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('known'),
    /** How many files and folders. */
    count: z.int().nonnegative(),
    /** The first of them; a folder ends with `/`, and `./` is the project folder. */
    paths: z.array(z.string()),
  }),
  /** No repository holds the folder, which has so many text files. */
  z.object({ type: z.literal('none'), files }),
  /** Nobody can tell what is committed of so many text files. */
  z.object({ type: z.literal('unknown'), problem: z.string(), files }),
]);

/** What no commit held when a run was accepted. */
export type Uncommitted = Readonly<z.infer<typeof uncommittedSchema>>;

/** Whether there is anything that git could not bring back. */
export function hasUncommitted(uncommitted: Uncommitted): boolean {
  return (uncommitted.type === 'known' ? uncommitted.count : uncommitted.files) > 0;
}

/** The files an answer changes that it may not change unless a person allows it: no commit holds what is in them. */
export function listProtectedUncommitted(
  { config }: Pick<RunState, 'config'>,
  { work }: Pick<Round, 'work'>,
): readonly string[] {
  return config.git?.uncommitted === 'protect' ? (work?.uncommitted ?? []) : [];
}

/** Why such a file is not changed without a word of a person. */
export function describeProtectedUncommitted(path: string): string {
  return `The file ${JSON.stringify(path)} holds changes that no commit holds.`;
}
