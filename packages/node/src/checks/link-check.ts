import { posix } from 'node:path';

import type { Check, Finding, WorkspaceFile } from '@jarvis/core';

import { createHtmlReader, type HtmlReader, type HtmlReading } from './html-reader.ts';

/** Where link targets are looked for besides the files a check is given. */
export interface LinkCheckOptions {
  /**
   * Which of the paths are files, for those that are not among the given ones: pictures and other files that are no
   * text. Without it only the given files are known.
   */
  readonly findFiles?: (paths: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly read?: HtmlReader;
}

type InspectedPage = Extract<HtmlReading, { type: 'inspected' }>;

/** A link and the paths of which one has to be a file. */
interface LinkTarget {
  readonly page: string;
  readonly line: number;
  readonly value: string;
  readonly candidates: readonly string[];
}

const SOURCE = 'links';
const WITH_SCHEME = /^(?:[a-z][a-z\d+.-]*:|\/\/)/iu;
// `#top` is a place every page has; `#/…` and `#!…` are read by scripts.
const WITHIN_PAGE = /^#(?!top$|[/!])([^{<]+)$/iu;
const FILLED_IN_LATER = /\{\{|\$\{|<|\[\[/u;

/** Finds links of HTML files to files of the project that are not there, and within a page to nothing. */
export function linkCheck({ findFiles, read = createHtmlReader() }: LinkCheckOptions = {}): Check {
  return {
    id: SOURCE,
    inspect: async (files) => {
      const pages = (await read(files)).filter((reading) => reading.type === 'inspected');
      const targets = pages.flatMap(findTargets);
      const missing = withoutFound(targets, new Set(files.map(({ path }: WorkspaceFile) => path)));
      const onDisk = await findFiles?.([...new Set(missing.flatMap(({ candidates }) => candidates))]);
      return [...withoutFound(missing, onDisk ?? new Set()).map(toFinding), ...pages.flatMap(findLooseEnds)];
    },
  };
}

function withoutFound(targets: readonly LinkTarget[], paths: ReadonlySet<string>): readonly LinkTarget[] {
  return targets.filter(({ candidates }) => !candidates.some((candidate) => paths.has(candidate)));
}

function findTargets({ path: page, links, base = '' }: InspectedPage): readonly LinkTarget[] {
  if (WITH_SCHEME.test(base)) return [];
  return links.flatMap(({ value, line }) => {
    const target = toLocalPath(value);
    if (target === undefined) return [];
    return [
      { page, line, value, candidates: listCandidates(page, posix.join(toFolder(base), target), target) },
    ];
  });
}

/** Links within a page to something it does not have. */
function findLooseEnds({ path: page, links, anchors }: InspectedPage): readonly Finding[] {
  const known = new Set(anchors);
  return links.flatMap(({ value, line }) => {
    const [, name = ''] = WITHIN_PAGE.exec(value.trim()) ?? [];
    if (name === '' || known.has(name) || known.has(decode(name))) return [];
    const description = `The link ${JSON.stringify(value.slice(0, 200))} leads to nothing on its page.`;
    return [{ severity: 'error', source: SOURCE, rule: 'missing-anchor', description, file: page, line }];
  });
}

/** The path in a link, or `undefined` when it leads elsewhere or only within its page. */
function toLocalPath(value: string): string | undefined {
  const link = value.trim();
  if (WITH_SCHEME.test(link) || FILLED_IN_LATER.test(link)) return undefined;
  const [path = ''] = link.split(/[?#]/u);
  return path === '' ? undefined : decode(path);
}

function listCandidates(page: string, target: string, written: string): readonly string[] {
  const folder = posix.dirname(page);
  // Which folder is the top of the site is the server's matter: any folder the page lies in may be.
  const bases = written.startsWith('/') ? ['', ...foldersUpTo(folder)] : [folder];
  return bases.flatMap((start) => {
    const path = posix.join(start, written.startsWith('/') ? written : target).replace(/^\//u, '');
    return [path, posix.join(path, 'index.html'), ...(path.endsWith('/') ? [] : [`${path}.html`])];
  });
}

function foldersUpTo(folder: string): readonly string[] {
  if (folder === '.') return [];
  return [...foldersUpTo(posix.dirname(folder)), folder];
}

/** The folder a `<base>` stands for. */
function toFolder(base: string): string {
  return base.endsWith('/') || base === '' ? base : posix.dirname(base);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return path;
  }
}

function toFinding({ page, line, value, candidates: [path = value] }: LinkTarget): Finding {
  return {
    // A path from the top of the site may be right on the server all the same.
    severity: value.trim().startsWith('/') ? 'warning' : 'error',
    source: SOURCE,
    rule: 'missing-target',
    description: `The link ${JSON.stringify(value.slice(0, 200))} leads to ${path.slice(0, 200)}, which does not exist.`,
    file: page,
    line,
  };
}
