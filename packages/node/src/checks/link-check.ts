import { posix } from 'node:path';

import type { Check, Finding, WorkspaceFile } from '@jarvis/core';
import type { HtmlElement, Parser } from 'html-validate';

const HTML = /\.html?$/iu;

/** `https:`, `mailto:`, `data:` and the like, and `//host`: whether they lead anywhere is not looked up. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/iu;

/** Files of these kinds are not shown to checks, so one that is not seen may be there all the same. */
const BINARY = /\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|mp[34]|webm|ogg|pdf|zip)(?:[?#]|$)/iu;

const LINK_ATTRIBUTES = ['href', 'src'] as const;

/** A link of a page, as it is written. */
interface Link {
  readonly target: string;
  readonly line: number;
}

/** Checks that the local links of HTML files lead to a file of the project, and those within a page to an element. */
export function createLinkCheck(): Check {
  let parser: Promise<Parser> | undefined;
  return {
    id: 'links',
    async inspect(files) {
      const pages = files.filter(({ path }) => HTML.test(path));
      if (pages.length === 0) return [];
      parser ??= loadParser();
      const loaded = await parser;
      const paths = new Set(files.map(({ path }) => path));
      return pages.flatMap((page) => inspectPage(loaded, page, paths));
    },
  };
}

async function loadParser(): Promise<Parser> {
  const { Parser, StaticConfigLoader } = await import('html-validate');
  const loader = new StaticConfigLoader([], { root: true, elements: ['html5'], rules: {} });
  return new Parser(await loader.getConfigFor('index.html'));
}

function inspectPage(parser: Parser, page: WorkspaceFile, paths: ReadonlySet<string>): readonly Finding[] {
  const root = parsePage(parser, page);
  if (root === undefined) return [];
  const ids = new Set(root.querySelectorAll('[id]').flatMap(({ id }) => (id === null ? [] : [id])));
  return listLinks(root)
    .filter(({ target }) => !leadsSomewhere(target, { page: page.path, paths, ids }))
    .map(({ target, line }) => ({
      severity: BINARY.test(target) ? 'warning' : 'error',
      source: 'links',
      rule: 'broken-link',
      description: `The link ${JSON.stringify(target.slice(0, 80))} leads nowhere.`,
      file: page.path,
      line,
    }));
}

/** A page that cannot be parsed is the business of the check on markup. */
function parsePage(parser: Parser, { path, content }: WorkspaceFile): HtmlElement | undefined {
  try {
    return parser.parseHtml({ data: content, filename: path, line: 1, column: 1, offset: 0 });
  } catch {
    return undefined;
  }
}

function listLinks(root: HtmlElement): readonly Link[] {
  return root.querySelectorAll('[href], [src]').flatMap((element) =>
    LINK_ATTRIBUTES.flatMap((name) => {
      const attribute = element.getAttribute(name);
      const target = attribute?.value;
      return typeof target === 'string' ? [{ target: target.trim(), line: element.location.line }] : [];
    }),
  );
}

interface Site {
  /** The path of the page the link is on. */
  readonly page: string;
  readonly paths: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

function leadsSomewhere(target: string, { page, paths, ids }: Site): boolean {
  if (ELSEWHERE.test(target)) return true;
  const [address = '', fragment] = target.split('#', 2);
  const [path = ''] = address.split('?', 1);
  if (path === '')
    return fragment === undefined || fragment === '' || fragment === 'top' || ids.has(decode(fragment));

  const decoded = decode(path);
  const absolute = decoded.startsWith('/') ? decoded.slice(1) : posix.join(posix.dirname(page), decoded);
  const place = posix.normalize(absolute === '' ? '.' : absolute).replace(/\/$/u, '');
  return [place, posix.join(place, 'index.html')].some((candidate) => paths.has(candidate));
}

/** What is badly encoded is taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
