import type { ReviewBrief } from '@jarvis/loops';

/** What is on the home page, in the form the reviewer was told it; `null` where nobody can tell. */
export function renderBrowserSummary({ pages = [] }: Pick<ReviewBrief, 'pages'>): object | null {
  const page = pages.find(({ path }) => path === 'index.html')?.page;
  if (page === undefined) return null;
  return {
    title: page.title ?? '',
    headings: page.headings.map(({ level, text }) => ({ tag: `h${String(level)}`, text })),
    links: page.links.map(({ href, text }) => ({ href, text })),
    buttons: page.buttons.map(({ text }) => ({ text })),
  };
}
