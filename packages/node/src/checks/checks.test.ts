import { sha256, type WorkspaceFile } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { createHtmlCheck, createLinkCheck, jsonCheck, standardChecks } from './index.ts';

describe('createHtmlCheck', () => {
  it('finds nothing wrong with a sound page', async () => {
    await expect(createHtmlCheck().inspect([file('index.html', page('<h1>Rye</h1>'))])).resolves.toEqual([]);
  });

  it.each([
    ['an image without an alternative text', page('<img src="a.svg">'), 'wcag/h37'],
    ['an element that is not closed', page('<section><h1>x</h1>'), 'close-order'],
    ['an id that is there twice', page('<p id="a">x</p><p id="a">y</p>'), 'no-dup-id'],
    ['an unknown element', page('<foo>x</foo>'), 'no-unknown-elements'],
    [
      'a page without a language',
      '<!doctype html><html><head><title>x</title></head><body></body></html>',
      'element-required-attributes',
    ],
    ['text that is no markup', 'just <<< text', 'parser-error'],
  ])('reports %s as an error with file and line', async (_, content, rule) => {
    const findings = await createHtmlCheck().inspect([file('index.html', content)]);

    const found = findings.find((finding) => finding.rule === rule);
    expect(found).toMatchObject({ severity: 'error', source: 'html', file: 'index.html' });
    expect(found?.line).toBeGreaterThan(0);
  });

  it('cannot be switched off by a comment in the page', async () => {
    const content = page('<!-- [html-validate-disable-block wcag/h37] --><img src="a.svg">');

    const findings = await createHtmlCheck().inspect([file('index.html', content)]);

    expect(findings.map(({ rule }) => rule)).toContain('wcag/h37');
  });

  it('looks at HTML files only', async () => {
    await expect(createHtmlCheck().inspect([file('notes.txt', '<section>')])).resolves.toEqual([]);
  });
});

describe('jsonCheck', () => {
  it.each([
    ['data.json', '{ "a": [1, 2] }', []],
    ['data.json', '{\n  "a": 1,\n}', [3]],
    ['data.json', '{ "a": 1 // why\n}', [1]],
    ['data.json', '', [1]],
    ['tsconfig.json', '{ "a": 1, // why\n}', []],
    ['script.js', '{', []],
  ])('finds in %s with %j errors in lines %j', async (path, content, lines) => {
    const findings = await jsonCheck.inspect([file(path, content)]);

    expect(findings.map(({ line }) => line)).toEqual(lines);
  });
});

describe('createLinkCheck', () => {
  const site = [file('style.css', ''), file('pages/menu.html', page('')), file('shop/index.html', page(''))];

  it.each([
    'style.css',
    './style.css?v=2',
    '/style.css',
    'pages/menu.html#top',
    'shop/',
    '#here',
    '#',
    'https://example.org/x',
    '//example.org/x',
    'mailto:a@example.org',
    'data:text/plain,x',
  ])('is content with %s', async (target) => {
    const pages = [file('index.html', page(`<p id="here"><a href="${target}">x</a></p>`)), ...site];

    await expect(createLinkCheck().inspect(pages)).resolves.toEqual([]);
  });

  it.each(['menu.html', '../style.css', '#nowhere', 'shop/missing/', '%E0%A4%A'])(
    'reports %s',
    async (target) => {
      const findings = await createLinkCheck().inspect([
        file('index.html', page(`<a href="${target}">x</a>`)),
        ...site,
      ]);

      expect(findings).toEqual([
        expect.objectContaining({ severity: 'error', rule: 'broken-link', file: 'index.html', line: 7 }),
      ]);
    },
  );

  it('only warns of pictures, which it cannot see', async () => {
    const findings = await createLinkCheck().inspect([
      file('index.html', page('<img src="bread.jpg" alt="bread">')),
    ]);

    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('leaves a page that cannot be parsed to the check on markup', async () => {
    await expect(createLinkCheck().inspect([file('index.html', 'just <<< text')])).resolves.toEqual([]);
  });
});

describe('standardChecks', () => {
  it('names each check once', () => {
    expect(standardChecks().map(({ id }) => id)).toEqual(['html', 'json', 'links']);
  });
});

function file(path: string, content: string): WorkspaceFile {
  return { path, content, hash: sha256(content) };
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Rye</title>
  </head>
  <body>${body}</body>
</html>
`;
}
