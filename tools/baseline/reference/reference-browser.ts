import type { ReferenceSite } from './reference-site.ts';

/** What the visual review told the reviewer of the home page; `null` when there is none. */
export function browserSummary(site: ReferenceSite): object | null {
  const page = site.get('index.html');
  if (page === undefined) return null;
  const [, title = ''] = /<title>([^<]*)<\/title>/iu.exec(page) ?? [];
  return {
    title: title.trim(),
    headings: [...page.matchAll(/<(h[1-6])\b[^>]*>(.*?)<\/\1>/giu)].map(([, tag = '', text = '']) => {
      return { tag: tag.toLowerCase(), text: plain(text) };
    }),
    links: [...page.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/giu)].map(([, href, text = '']) => {
      return { href, text: plain(text) };
    }),
    buttons: [...page.matchAll(/<button\b[^>]*>(.*?)<\/button>/giu)].map(([, text = '']) => {
      return { text: plain(text) };
    }),
  };
}

function plain(markup: string): string {
  return markup.replaceAll(/<[^>]*>/gu, '').trim();
}
