import type { WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import { type SourceLanguage, type SourceProblem, sourceProblemSchema } from './source-problem.ts';
import { whyTooLarge } from './size-limits.ts';
import { moduleBeside, type TaskOutcome, TaskThread } from './task-thread.ts';

/** What is known of one source file of a project. */
export type SourceReading =
  | {
      readonly type: 'inspected';
      readonly path: string;
      readonly language: SourceLanguage;
      readonly problems: readonly SourceProblem[];
    }
  | { readonly type: 'unread'; readonly path: string; readonly why: string };

/** Reads the source files of a project. Checks that share a reader share its work on the same files. */
export type SourceReader = (files: readonly WorkspaceFile[]) => Promise<readonly SourceReading[]>;

const TIMEOUT_MS = 10_000;

const LANGUAGES: readonly (readonly [RegExp, SourceLanguage])[] = [
  [/\.[cm]?jsx?$/iu, 'javascript'],
  [/\.(?:[cm]?ts|tsx)$/iu, 'typescript'],
  [/\.css$/iu, 'css'],
  [/\.pyi?$/iu, 'python'],
  [/\.ya?ml$/iu, 'yaml'],
];

/** Creates a reader that gives each file at most `timeoutMs`, in a thread of its own. */
export function createSourceReader(timeoutMs = TIMEOUT_MS): SourceReader {
  const thread = new TaskThread({ entry: moduleBeside('source-worker', import.meta.url), timeoutMs });
  const readings = new WeakMap<readonly WorkspaceFile[], Promise<readonly SourceReading[]>>();
  return (files) => {
    const known = readings.get(files);
    if (known !== undefined) return known;
    const reading = readSources(files, thread, timeoutMs);
    readings.set(files, reading);
    return reading;
  };
}

async function readSources(
  files: readonly WorkspaceFile[],
  thread: TaskThread,
  timeoutMs: number,
): Promise<readonly SourceReading[]> {
  const sources = files.flatMap(({ path, content }) => {
    const language = languageOf(path, content);
    return language === undefined
      ? []
      : [{ path, language, content, tooLarge: whyTooLarge(content, language) }];
  });
  const short = sources.filter(({ tooLarge }) => tooLarge === undefined);
  const outcomes = await thread.run(
    short.map(({ path, language, content }) => ({ path, language, content })),
  );
  const byPath = new Map(short.map(({ path }, index) => [path, outcomes[index]]));
  return sources.map(({ path, language, tooLarge }): SourceReading => {
    const outcome = byPath.get(path);
    return outcome?.type === 'done'
      ? { type: 'inspected', path, language, problems: z.array(sourceProblemSchema).parse(outcome.value) }
      : { type: 'unread', path, why: tooLarge ?? whyUnread(outcome, timeoutMs) };
  });
}

function whyUnread(outcome: TaskOutcome | undefined, timeoutMs: number): string {
  switch (outcome?.type) {
    case 'timed-out':
      return `it takes longer than ${String(timeoutMs / 1_000)} s to read`;
    case 'failed':
    case 'done':
    case undefined:
      return 'its lines are too long or it is nested too deeply to be read';
  }
}

function languageOf(path: string, content: string): SourceLanguage | undefined {
  // Translations of Qt are XML and end in `.ts` as well.
  if (/^\uFEFF?\s*<(?:\?xml|!DOCTYPE)/u.test(content.slice(0, 1_000))) return undefined;
  return LANGUAGES.find(([name]) => name.test(path))?.[1];
}
