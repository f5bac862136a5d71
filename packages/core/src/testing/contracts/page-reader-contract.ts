import { describe, expect, it } from 'vitest';

import { pageLimits, type PageReader, pageSummarySchema } from '../../pages/page-summary.ts';

const PAGE = `<!doctype html><html lang="en"><head><title>A bakery</title></head><body>
<h1>Bread</h1><h2>Rolls</h2><h2>Cakes</h2><p>Text</p><a href="#cakes">To the cakes</a><a href="prices.html">Prices</a>
</body></html>`;

const BROKEN: readonly string[] = [
  '',
  '<',
  '<h1',
  '<a href="',
  '</h1></a></title>',
  '<h1><h2><h1>',
  '<title><title>',
  '\u0000\uD800<h1>\uDC00</h1>',
  '<!-- ',
  '<script><h1>',
];

/** Registers the tests every {@link PageReader} passes. */
export function pageReaderContract(name: string, open: () => PageReader): void {
  describe(`${name} keeps the contract of PageReader`, () => {
    it('tells title, language, headings in their order, and where links lead', async () => {
      const summary = await open().summarise({ path: 'index.html', content: PAGE });

      expect(summary).toMatchObject({
        title: 'A bakery',
        language: 'en',
        headings: [
          { level: 1, text: 'Bread' },
          { level: 2, text: 'Rolls' },
          { level: 2, text: 'Cakes' },
        ],
        links: [
          { text: 'To the cakes', href: '#cakes', kind: 'section' },
          { text: 'Prices', href: 'prices.html', kind: 'page' },
        ],
        leftOut: 0,
        isWhole: true,
      });
    });

    it.each(['style.css', 'html', 'page.html.txt', ''])(
      'says nothing of %j, which is no page',
      async (path) => {
        expect(await open().summarise({ path, content: PAGE })).toBeUndefined();
      },
    );

    it('says that a page has no title', async () => {
      const summary = await open().summarise({ path: 'a.htm', content: '<html><body>Text</body></html>' });

      expect(summary?.missing).toContainEqual({ what: 'title', count: 1 });
    });

    it.each(BROKEN)('reads broken markup as far as it makes sense (%#)', async (content) => {
      const summary = await open().summarise({ path: 'index.html', content });

      expect(pageSummarySchema.safeParse(summary).error).toBeUndefined();
    });

    it('shows no character that nobody sees', async () => {
      const content = '<h1>Br\u200Be\u{E0041}a\u202Ed</h1>';

      const summary = await open().summarise({ path: 'index.html', content });

      expect(summary?.headings).toEqual([{ level: 1, text: 'Bread' }]);
    });

    it('keeps to its limits, and counts what it does not show', async () => {
      const content = `<h2>${'long '.repeat(1_000)}</h2>`.repeat(pageLimits.entries + 3);

      const summary = await open().summarise({ path: 'index.html', content });

      expect(pageSummarySchema.safeParse(summary).error).toBeUndefined();
      expect(summary).toMatchObject({ leftOut: 3 });
    });

    it('gives the same summary of the same page', async () => {
      const reader = open();

      const first = await reader.summarise({ path: 'index.html', content: PAGE });

      expect(await reader.summarise({ path: 'index.html', content: PAGE })).toEqual(first);
    });
  });
}
