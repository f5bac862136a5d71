import { describe, expect, it } from 'vitest';

import { inspectHtml } from './inspect-html.ts';

describe('inspectHtml', () => {
  it('gives messages, links with their lines, and the base', async () => {
    const inspection = await inspectHtml(
      '<base href="/x/">\n<a href="a.html">x</a>\n<img src="b.png"><a>y</a><p id="i"></p>',
    );

    expect(inspection.base).toBe('/x/');
    expect(inspection.anchors).toEqual(['i']);
    expect(inspection.links).toEqual([
      { attribute: 'href', value: 'a.html', line: 2 },
      { attribute: 'src', value: 'b.png', line: 3 },
    ]);
    expect(inspection.messages).toEqual([
      { rule: 'wcag/h37', line: 3, text: '<img> is missing required "alt" attribute', isError: true },
    ]);
  });

  it('gives no links for markup that cannot be read', async () => {
    const inspection = await inspectHtml('<a href="a.html">x</a><a href="');

    expect(inspection.links).toEqual([]);
    expect(inspection.messages).toMatchObject([{ rule: 'parser-error', isError: true }]);
  });
});
