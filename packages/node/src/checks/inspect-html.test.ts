import { describe, expect, it } from 'vitest';

import { inspectHtml } from './inspect-html.ts';

describe('inspectHtml', () => {
  it('gives messages, links with their lines, and the base', () => {
    const inspection = inspectHtml(
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

  it('gives no links for markup that cannot be read', () => {
    const inspection = inspectHtml('<a href="a.html">x</a><a href="');

    expect(inspection.links).toEqual([]);
    expect(inspection.messages).toMatchObject([{ rule: 'parser-error', isError: true }]);
  });

  it('says of a page what it would say of it alone, whatever was read before', () => {
    const pages = [
      '<a href="a.html" id="i">x</a><p id="i">',
      '<a href="b.html">x</a><a href="',
      '<!doctype html><html lang="en"><head><title>x</title></head><body id="i"><a name="n">y</a></body></html>',
    ];
    const first = pages.map(inspectHtml);

    const again = pages.toReversed().map(inspectHtml).toReversed();

    expect(again).toEqual(first);
    expect(first.map(({ links }) => links.length)).toEqual([1, 0, 0]);
    expect(first.map(({ messages }) => messages.map(({ rule }) => rule))).toEqual([
      ['no-dup-id'],
      ['parser-error'],
      ['no-deprecated-attr'],
    ]);
  });
});
