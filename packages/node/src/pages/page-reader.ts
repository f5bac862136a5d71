import type { PageReader } from '@jarvis/core';

const PAGE = /\.html?$/iu;

/** Reads the HTML files of a project. The parser is loaded with the first of them. */
export function createPageReader(): PageReader {
  return {
    async summarise({ path, content }) {
      if (!PAGE.test(path)) return undefined;
      const { summarisePage } = await import('./summarise-page.ts');
      return summarisePage(content);
    },
  };
}
