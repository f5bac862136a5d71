import { pageLimits, type PageReader, type PageSummary } from '../pages/page-summary.ts';

/** Characters nobody sees. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** Tags, and an opening bracket that begins none. */
const TAG = /<[^<>]*>?/gu;

/**
 * Reads of a page its title, language, headings and links, when they are written in plain markup. For tests of what
 * is done with a summary; pages of others need a parser.
 */
export const plainPageReader: PageReader = {
  summarise: async ({ path, content }) => (/\.html?$/iu.test(path) ? summarise(content) : undefined),
};

function summarise(content: string): PageSummary {
  const title = toText(/<title>([^<]*)/iu.exec(content)?.[1] ?? '');
  const language = toText(/<html lang="([^"<>]*)"/iu.exec(content)?.[1] ?? '');
  const headings = content
    .matchAll(/<h([1-6])>([^<]*)/giu)
    .map(([, level, text = '']) => ({ level: Number(level), text: toText(text) }))
    .toArray();
  const links = content
    .matchAll(/<a href="([^"<>]*)">([^<]*)/giu)
    .map(([, href = '', text = '']) => ({
      text: toText(text),
      href: toText(href),
      kind: href.startsWith('#') ? ('section' as const) : ('page' as const),
    }))
    .toArray();
  const { entries } = pageLimits;
  return {
    ...(title !== '' && { title }),
    ...(language !== '' && { language }),
    headings: headings.slice(0, entries),
    landmarks: [],
    links: links.slice(0, entries),
    buttons: [],
    forms: [],
    fields: [],
    imagesWithoutText: [],
    imageCount: 0,
    missing: title === '' && /<html/iu.test(content) ? [{ what: 'title', count: 1 }] : [],
    leftOut: Math.max(0, headings.length - entries) + Math.max(0, links.length - entries),
    isWhole: true,
  };
}

function toText(markup: string): string {
  return markup.replace(TAG, '').replace(UNSEEN, '').replace(/\s+/gu, ' ').trim().slice(0, pageLimits.text);
}
