import { type Finding, findingSchema, runChecks, sha256, type WorkspaceFile } from '@jarvis/core';
import { describe, expect, it, vi } from 'vitest';

import { htmlCheck } from './html-check.ts';
import { createHtmlReader } from './html-reader.ts';
import { jsonCheck } from './json-check.ts';
import { linkCheck } from './link-check.ts';
import { standardChecks } from './standard-checks.ts';

// Threads take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function filesOf(contents: Readonly<Record<string, string>>): readonly WorkspaceFile[] {
  return Object.entries(contents).map(([path, content]) => ({ path, content, hash: sha256(content) }));
}

function summarise(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, source, rule = '', file = '', line = 0 }) =>
      `${severity} ${source} ${rule} ${file}:${String(line)}`,
  );
}

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Bakery</title><link rel="stylesheet" href="style.css"></head>
<body><main><h1>Bread</h1><ul><li>Rye<li>Spelt</ul><img src="bread.png" alt="A loaf"><br></main></body>
</html>`;

describe('htmlCheck', () => {
  it('has nothing to say about a good page, nor about files that are no HTML', async () => {
    const findings = await htmlCheck().inspect(filesOf({ 'index.html': PAGE, 'a.txt': '<b>', 'b.css': '' }));

    expect(findings).toEqual([]);
  });

  it.each([
    ['a missing language', PAGE.replace(' lang="en"', ''), 'element-required-attributes', 2],
    ['a missing title', PAGE.replace('<title>Bakery</title>', ''), 'element-required-content', 3],
    ['an empty title', PAGE.replace('Bakery', ''), 'empty-title', 3],
    ['a picture without text', PAGE.replace(' alt="A loaf"', ''), 'wcag/h37', 4],
    ['a doubled id', PAGE.replace('<main>', '<main id="a"><p id="a"></p>'), 'no-dup-id', 4],
    ['an element that is not closed', PAGE.replace('<h1>', '<h1><b>'), 'close-order', 4],
    ['an attribute given twice', PAGE.replace('<h1>', '<h1 class="a" class="b">'), 'no-dup-attr', 4],
    ['markup that cannot be read', PAGE.replace('<h1>', '<h1 class="'), 'parser-error', 4],
  ])('reports %s as an error with its line', async (...[, content, rule, line]) => {
    const findings = await htmlCheck().inspect(filesOf({ 'index.html': content }));

    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(summarise(errors)).toContain(`error html ${rule} index.html:${String(line)}`);
    expect(findings.map((finding) => findingSchema.parse(finding))).toEqual(findings);
  });

  it('warns of a page without document type, but not of a part of a page', async () => {
    const files = filesOf({
      'page.html': PAGE.replace('<!DOCTYPE html>\n', ''),
      'part.html': '<p>Hello</p>',
    });

    const findings = await htmlCheck().inspect(files);

    expect(summarise(findings)).toEqual(['warning html missing-doctype page.html:1']);
  });

  it('cannot be switched off by what is written in the page', async () => {
    const content = '<!-- [html-validate-disable no-dup-id] -->\n<p id="a"></p><p id="a"></p>';

    const findings = await htmlCheck().inspect(filesOf({ 'part.html': content }));

    expect(summarise(findings)).toEqual(['error html no-dup-id part.html:2']);
  });

  it('says that a template was not checked', async () => {
    const findings = await htmlCheck().inspect(filesOf({ 'a.html': '<p {% if x %}class="a"{% endif %}>' }));

    expect(summarise(findings)).toEqual(['note html template a.html:0']);
  });

  it('has its many findings in one file cut by whoever runs it', async () => {
    const findings = await runChecks([htmlCheck()], filesOf({ 'a.html': '<img src="#">'.repeat(60) }));

    expect(findings).toHaveLength(51);
    expect(findings.at(-1)?.description).toBe('10 more findings in this file are not shown.');
  });

  it('gives up on a page that takes too long, and checks the others', async () => {
    const endless = '<p id="a">x</p>'.repeat(20_000);
    const files = filesOf({ 'a.html': '<b></i>', 'endless.html': endless, 'z.html': '<b></i>' });

    const findings = await htmlCheck(createHtmlReader(4_000)).inspect(files);

    expect(new Set(summarise(findings))).toEqual(
      new Set([
        'error html close-order a.html:1',
        'error html unreadable endless.html:0',
        'error html close-order z.html:1',
      ]),
    );
  });
});

describe('linkCheck', () => {
  async function check(contents: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const findings = await linkCheck().inspect(filesOf(contents));
    return findings.map(({ severity, file, line, description }) => {
      const [, value = ''] = /^The link "(.*)" leads to/u.exec(description) ?? [];
      return `${severity} ${String(file)}:${String(line)} ${value}`;
    });
  }

  it('finds links to files that are not there, with their lines', async () => {
    const findings = await check({
      'index.html':
        '<a href="there.html">x</a>\n<a href="gone.html#part">x</a>\n<img src="no.png" alt="">' +
        '<script src="./app.js?v=1"></script>\n<video poster="no.jpg" src="no.mp4"></video><object data="no.pdf"></object>',
      'there.html': '<p>x</p>',
      'app.js': '',
    });

    expect([...findings].sort()).toEqual([
      'error index.html:2 gone.html#part',
      'error index.html:3 no.png',
      'error index.html:4 no.jpg',
      'error index.html:4 no.mp4',
      'error index.html:4 no.pdf',
    ]);
  });

  it('accepts what leads elsewhere, within the page, to a folder, or is filled in later', async () => {
    const links = [
      'https://example.org/a.html',
      '//example.org/a',
      'mailto:a@example.org',
      'data:text/plain,x',
      '#part',
      '#named%20part',
      '#top',
      '#/route',
      '',
      '?page=2',
      'docs/',
      'docs',
      'about',
      '{{ url }}',
      'my%20file.html',
      '100%.html',
      '../site/other.html',
      '.',
    ];

    const findings = await check({
      'site/index.html': `${links.map((link) => `<a href="${link}">x</a>`).join('\n')}<p id="part"></p><a name="named part">x</a>`,
      'site/docs/index.html': '<p>x</p>',
      'site/about.html': '<p>x</p>',
      'site/my file.html': '<p>x</p>',
      'site/100%.html': '<p>x</p>',
      'site/other.html': '<p>x</p>',
    });

    expect(findings).toEqual([]);
  });

  it('takes any folder above a page for the top of the site, and only warns when none fits', async () => {
    const findings = await check({
      'public/blog/index.html': '<a href="/style.css">x</a>\n<a href="/gone.css">x</a>',
      'public/style.css': '',
    });

    expect(findings).toEqual(['warning public/blog/index.html:2 /gone.css']);
  });

  it('finds links within a page to nothing', async () => {
    const files = filesOf({ 'a.html': '<p id="here"><a href="#here">x</a>\n<a href="#nowhere">x</a></p>' });

    const findings = await linkCheck().inspect(files);

    expect(summarise(findings)).toEqual(['error links missing-anchor a.html:2']);
  });

  it('resolves against the base of the page', async () => {
    const findings = await check({
      'a.html': '<base href="sub/"><a href="there.html">x</a>\n<a href="gone.html">x</a>',
      'b.html': '<base href="https://example.org/"><a href="gone.html">x</a>',
      'c.html': '<base href="sub/index.html"><a href="there.html">x</a>',
      'sub/there.html': '<p>x</p>',
    });

    expect(findings).toEqual(['error a.html:2 gone.html']);
  });
});

describe('jsonCheck', () => {
  it.each([
    ['{"a": 1,}', 1],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ["{'a': 1}", 1],
    ['{"a": 1} // why', 1],
    ['', 1],
    ['{"a": NaN}', 1],
    ['[1, 2', 1],
  ])('reports %j with its line', async (content, line) => {
    const findings = await jsonCheck().inspect(filesOf({ 'data.json': content }));

    expect(findings[0]).toMatchObject({ severity: 'error', source: 'json', file: 'data.json', line });
    expect(() => JSON.parse(content) as unknown).toThrow();
  });

  it('accepts plain JSON, and comments where tools allow them', async () => {
    const findings = await jsonCheck().inspect(
      filesOf({
        'a.json': '{"a": [1, null, "ü"]}\n',
        'tsconfig.lib.json': '{ /* why */ "a": 1, }',
        'b.js': '{',
      }),
    );

    expect(findings).toEqual([]);
  });

  it('names the first problem of a file, and a depth that cannot be read', async () => {
    const files = filesOf({ 'a.webmanifest': '! '.repeat(50), 'deep.json': '['.repeat(500_000) });

    const findings = await jsonCheck().inspect(files);

    expect(findings.map(({ file, rule }) => `${String(file)} ${String(rule)}`)).toEqual([
      'a.webmanifest invalid-symbol',
      'deep.json too-deep',
    ]);
  });
});

describe('standardChecks', () => {
  it('are html, json, syntax, danger and links, and look for pictures in the workspace', async () => {
    const workspace = {
      hashFiles: async (paths: readonly string[]) =>
        new Map(paths.filter((path) => path === 'bread.png').map((path) => [path, ''])),
    };
    const files = filesOf({ 'index.html': PAGE, 'style.css': '', 'a.json': '{' });

    const checks = standardChecks(workspace);
    const alone = await runChecks(standardChecks(), files);
    const withWorkspace = await runChecks(checks, files);

    expect(checks.map(({ id }) => id)).toEqual(['html', 'json', 'syntax', 'danger', 'links']);
    expect(alone.map(({ source }) => source)).toEqual(['json', 'links']);
    expect(withWorkspace.map(({ source }) => source)).toEqual(['json']);
  });
});
