import { pageLimits, type PageSummary, pageSummarySchema } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DEEPEST_PAGE, LONGEST_PAGE, summarisePage } from './summarise-page.ts';

const BAKERY = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title> The  Corner
 Bakery </title><meta name="viewport" content="width=device-width"><style>h1 { color: red }</style></head>
<body>
<header><nav aria-label="Main"><a href="#menu">Menu</a><a href="/about.html"><b>About</b> us</a></nav></header>
<main>
<h1>Bread<br>and rolls</h1>
<section aria-label="Offers"><header><h2>Today</h2></header><img src="rye.jpg"><img src="line.png" alt=""></section>
<section><h3></h3></section>
<form action="/order" method="POST" aria-label="Order">
<label for="who">Your name</label><input id="who" name="who" required>
<label>Bread <select name="bread"><option>Rye</option></select></label>
<input name="note" placeholder="Anything else"><input type="hidden" name="csrf">
<textarea name="why" aria-labelledby="who">nothing</textarea>
<button>Order &amp; pay</button><input type="submit"><button><svg><title>Close</title></svg></button>
</form>
<a href="https://example.org/"><img src="x.png" alt="Map"></a><a href="mailto:a@example.org">Write</a>
<a href="java&#10;script:alert(1)">Run</a><a href="#"></a><a name="old">Old</a><button><i class="icon"></i></button>
</main>
<footer>End</footer><script>document.write('<h1>never</h1>')</script>
</body></html>`;

describe('summarisePage', () => {
  it('tells what is on a page', () => {
    expect(summarisePage(BAKERY)).toEqual({
      title: 'The Corner Bakery',
      language: 'en',
      headings: [
        { level: 1, text: 'Bread and rolls' },
        { level: 2, text: 'Today' },
      ],
      landmarks: [
        { role: 'banner' },
        { role: 'navigation', label: 'Main' },
        { role: 'main' },
        { role: 'region', label: 'Offers' },
        { role: 'contentinfo' },
      ],
      links: [
        { text: 'Menu', href: '#menu', kind: 'section' },
        { text: 'About us', href: '/about.html', kind: 'page' },
        { text: 'Map', href: 'https://example.org/', kind: 'external' },
        { text: 'Write', href: 'mailto:a@example.org', kind: 'mail' },
        { text: 'Run', href: 'javascript:alert(1)', kind: 'script' },
        { text: '', href: '#', kind: 'none' },
      ],
      buttons: [{ text: 'Order & pay' }, { text: 'Submit' }, { text: 'Close' }, { text: '' }],
      forms: [{ label: 'Order', action: '/order', method: 'post' }],
      fields: [
        { form: 1, kind: 'text', name: 'who', label: 'Your name', isLabelled: true, isRequired: true },
        { form: 1, kind: 'select', name: 'bread', label: 'Bread', isLabelled: true, isRequired: false },
        { form: 1, kind: 'text', name: 'note', isLabelled: false, isRequired: false },
        { form: 1, kind: 'textarea', name: 'why', isLabelled: true, isRequired: false },
      ],
      imagesWithoutText: ['rye.jpg'],
      imageCount: 3,
      missing: [
        { what: 'description', count: 1 },
        { what: 'image-text', count: 1 },
        { what: 'field-label', count: 1 },
        { what: 'link-text', count: 1 },
        { what: 'link-target', count: 1 },
        { what: 'button-text', count: 1 },
      ],
      leftOut: 0,
      isWhole: true,
    });
  });

  it('misses on a page what everyone needs, and nothing on a part of one', () => {
    expect(summarisePage('<html><body><p>Hello</p></body></html>').missing).toEqual(
      ['title', 'language', 'viewport', 'description', 'main-heading', 'main-landmark'].map((what) => ({
        what,
        count: 1,
      })),
    );
    expect(summarisePage('<p>Hello</p>').missing).toEqual([]);
  });

  it.each([
    ['//cdn.example.org/a.js', 'external'],
    ['HTTP://EXAMPLE.ORG', 'external'],
    ['tel:123', 'phone'],
    ['data:text/html,x', 'script'],
    [' vbscript:x', 'script'],
    ['ftp://example.org', 'other'],
    ['a/b:c', 'page'],
    ['?q=1', 'page'],
    ['  ', 'none'],
  ])('takes %j for a link to %s', (href, kind) => {
    expect(summarisePage(`<a href="${href}">x</a>`).links[0]?.kind).toBe(kind);
  });

  it.each<[string, Partial<PageSummary>]>([
    [
      '<h1>Open<h2>Next',
      {
        headings: [
          { level: 1, text: 'Open' },
          { level: 2, text: 'Next' },
        ],
      },
    ],
    ['<a href=a>One<a href=b>Two', { links: [link('One', 'a'), link('Two', 'b')] }],
    ['<h1>Unfinished <b', { headings: [{ level: 1, text: 'Unfinished' }] }],
    ['<svg><title>Icon</title></svg><title>Page</title>', { title: 'Page' }],
    ['<title>First</title><title>Second</title>', { title: 'First' }],
    [
      '<template><h1>Later</h1><section></template></section><footer>',
      { landmarks: [{ role: 'contentinfo' }] },
    ],
    ['<article><footer></footer></article>', { landmarks: [] }],
    ['<div role="MAIN"></div><nav role="presentation"></nav>', { landmarks: [{ role: 'main' }] }],
    ['<input type="image" alt="Go"><input type="button">', { buttons: [{ text: 'Go' }, { text: '' }] }],
    ['<form method="dialog"></form>', { forms: [{ action: '', method: 'dialog' }] }],
    ['<img src="a" aria-hidden="true"><img src="b" title="Map">', { imagesWithoutText: [], imageCount: 2 }],
    [
      '<h1>Text \u202Ewith\u2063 \u{E0041}\uFE0Fsecrets\uE000</h1>',
      { headings: [{ level: 1, text: 'Text with secrets' }] },
    ],
    ['<H1 __proto__="x" constructor="y">Names</H1>', { headings: [{ level: 1, text: 'Names' }] }],
  ])('reads %j', (html, part) => {
    expect(summarisePage(html)).toMatchObject(part);
  });

  it('cuts texts and addresses, and no character in two', () => {
    const { headings, links } = summarisePage(
      `<h1>${'🙂'.repeat(500)}</h1><a href="/${'a'.repeat(500)}">x</a>`,
    );

    expect(headings[0]?.text).toBe(`${'🙂'.repeat(pageLimits.text / 2 - 1)}…`);
    expect(links[0]?.href).toHaveLength(pageLimits.address);
  });

  it('reads the beginning of a page that is too long, and claims no absence', () => {
    const summary = summarisePage(`<html><h1>Top</h1>${'x'.repeat(LONGEST_PAGE)}<title>Late</title></html>`);

    expect(summary).toMatchObject({ isWhole: false, missing: [{ what: 'language', count: 1 }] });
    expect(summary.headings).toEqual([{ level: 1, text: 'Top' }]);
  });

  it('reads the beginning of a page that is too deep', () => {
    const summary = summarisePage(`<h1>Top</h1>${'<div>'.repeat(DEEPEST_PAGE * 4)}<h2>Deep</h2>`);

    expect(summary.isWhole).toBe(false);
    expect(summary.headings).toEqual([{ level: 1, text: 'Top' }]);
  });

  it.each(
    [
      '<b>',
      '</i>',
      '<b></i>',
      '<a href=x>',
      '<button>',
      '<p a=1 b="',
      '&amp;',
      '<!--',
      '<h1>x',
      '<label><input>',
      ' ',
      '<x y="',
      '<svg><title>',
    ].map((piece) => [piece]),
  )('reads a page of nothing but %j to an end', (piece) => {
    const html = piece.repeat(LONGEST_PAGE / piece.length);

    expect(pageSummarySchema.safeParse(summarisePage(html)).success).toBe(true);
  });

  it('reads any text, and gives what can be recorded', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '"',
      'a',
      'h1',
      '/',
      ' href=',
      '<label for=a>',
      '<input id=a>',
      '&#',
      'title',
      '\u200B',
      '<!',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 }))), (parts) => {
        const summary = summarisePage(parts.join(''));

        expect(pageSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
      }),
    );
  });
});

function link(text: string, href: string): PageSummary['links'][number] {
  return { text, href, kind: 'page' };
}
