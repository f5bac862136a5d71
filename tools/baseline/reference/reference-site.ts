import { createHash } from 'node:crypto';

import type { ObservedFile } from '../compare/observation.ts';

const WEB_SUFFIX = /\.(?:html|css|js|tsx|ts|jsx|json)$/u;

/** The longest preview of a file in a review, in characters. */
const PREVIEW_LENGTH = 400;

/** Words up to this length are passed over when the keyword of the simple tests is looked for. */
const SHORT_WORD = 3;

/** The output directory as the recorded runs show it: contents by path. */
export type ReferenceSite = ReadonlyMap<string, string>;

/** The files an employee is shown. */
export function previousFiles(site: ReferenceSite): Readonly<Record<string, string>> {
  return Object.fromEntries(webFiles(site));
}

export interface FileSummary {
  readonly length: number;
  readonly preview: string;
}

/** The files a reviewer is shown; lengths count characters, not UTF-16 units. */
export function filesSummary(site: ReferenceSite): Readonly<Record<string, FileSummary>> {
  return Object.fromEntries(
    webFiles(site).map(([path, content]) => {
      const characters = [...content];
      return [path, { length: characters.length, preview: characters.slice(0, PREVIEW_LENGTH).join('') }];
    }),
  );
}

/** What a reviewer is shown of the tests. */
export interface SimpleTests {
  readonly index_exists: boolean;
  readonly index_not_empty: boolean;
  readonly contains_task_keyword: boolean;
  readonly all_passed: boolean;
}

/** The tests the predecessor made of every site. */
export function simpleTests(site: ReferenceSite, task: string): SimpleTests {
  const index = site.get('index.html');
  const isFilled = index !== undefined && index.trim() !== '';
  const keyword =
    task
      .split(/\s+/u)
      .find((word) => word.length > SHORT_WORD)
      ?.toLowerCase() ?? '';
  return {
    index_exists: index !== undefined,
    index_not_empty: isFilled,
    contains_task_keyword: isFilled && index.toLowerCase().includes(keyword),
    all_passed: isFilled,
  };
}

/** The files that are not as they were. */
export function changedFiles(
  site: ReferenceSite,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, ObservedFile>> {
  const changed = [...site].filter(([path, content]) => before[path] !== content);
  return Object.fromEntries(
    changed.map(([path, content]) => {
      const bytes = Buffer.from(content);
      return [path, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }];
    }),
  );
}

function webFiles(site: ReferenceSite): readonly (readonly [string, string])[] {
  return [...site].filter(
    ([path]) => WEB_SUFFIX.test(path) && !path.split('/').some((part) => part.startsWith('.')),
  );
}
