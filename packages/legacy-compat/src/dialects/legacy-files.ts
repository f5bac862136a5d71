import type { WorkspaceFile } from '@jarvis/core';

const WEB_SUFFIX = /\.(?:html|css|js|tsx|ts|jsx|json)$/u;

/** The files the predecessor looked at: web files outside hidden folders. */
export function selectWebFiles(files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  return files.filter(
    ({ path }) => WEB_SUFFIX.test(path) && !path.split('/').some((part) => part.startsWith('.')),
  );
}

/** Web files as the employee was shown them: content by path. */
export function toPreviousFiles(files: readonly WorkspaceFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(selectWebFiles(files).map(({ path, content }) => [path, content]));
}

/** The longest preview a reviewer is shown, in characters. No recorded file was long enough to show the old limit. */
const PREVIEW_LENGTH = 400;

/** How much there is in a file, and how it begins. */
export interface FileSummary {
  readonly length: number;
  readonly preview: string;
}

/** Web files as the reviewer was shown them: length and beginning by path. Lengths count code points. */
export function toFilesSummary(files: readonly WorkspaceFile[]): Readonly<Record<string, FileSummary>> {
  return Object.fromEntries(
    selectWebFiles(files).map(({ path, content }) => {
      const characters = [...content];
      return [path, { length: characters.length, preview: characters.slice(0, PREVIEW_LENGTH).join('') }];
    }),
  );
}

/** The simple tests of the predecessor, as the reviewer was shown them. */
export interface SimpleTests {
  readonly index_exists: boolean;
  readonly index_not_empty: boolean;
  readonly contains_task_keyword: boolean;
  readonly all_passed: boolean;
}

/** Words up to this length are passed over when the keyword is looked for. */
const SHORT_WORD = 3;

/** Whether there is a page at all, and whether it mentions the first longer word of the task. */
export function runSimpleTests(task: string, files: readonly WorkspaceFile[]): SimpleTests {
  const index = files.find(({ path }) => path === 'index.html');
  const exists = index !== undefined;
  const isFilled = exists && index.content.trim() !== '';
  // legacy: the keyword is usually the first word of the task, a verb, so the test says little (2loop-approve-first).
  const keyword =
    task
      .split(/\s+/u)
      .find((word) => word.length > SHORT_WORD)
      ?.toLowerCase() ?? '';
  return {
    index_exists: exists,
    index_not_empty: isFilled,
    contains_task_keyword: isFilled && index.content.toLowerCase().includes(keyword),
    all_passed: exists && isFilled,
  };
}
