import { type Finding, findingSchema, sha256, type WorkspaceFile } from '@jarvis/core';
import { describe, expect, it, vi } from 'vitest';

import { dangerCheck } from './danger-check.ts';
import { htmlCheck } from './html-check.ts';
import { jsonCheck } from './json-check.ts';
import { createSourceReader } from './source-reader.ts';
import { syntaxCheck } from './syntax-check.ts';

// Threads take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const read = createSourceReader(60_000);

function filesOf(contents: Readonly<Record<string, string>>): readonly WorkspaceFile[] {
  return Object.entries(contents).map(([path, content]) => ({ path, content, hash: sha256(content) }));
}

function summarise(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, rule = '', file = '', line = 0 }) => {
    return `${severity} ${rule} ${file}:${String(line)}`;
  });
}

async function checkSyntax(path: string, content: string): Promise<readonly string[]> {
  const findings = await syntaxCheck(read).inspect(filesOf({ [path]: content }));
  expect(findings.map((finding) => findingSchema.parse(finding))).toEqual(findings);
  return summarise(findings);
}

describe('syntaxCheck', () => {
  it.each([
    ['a.js', 'const a = 1;\nreturn a;'],
    ['a.js', 'const View = () => <p style={{ color: "red" }}>{x ?? `${y}`}</p>;\nexport default View;'],
    ['a.js', '#!/usr/bin/env node\nwith (a) { var b = 010; }'],
    ['a.mjs', 'import data from "./a.json" with { type: "json" };\nawait data;\nexport { data };'],
    ['a.cjs', 'return require("a")'],
    ['a.js', '@dec class A { #x = 1; static { this.y = /(?<z>a)/v; } }'],
    ['a.ts', 'export const f = <T,>(x: T): asserts x is T & {} => { x satisfies T; };\nenum E { A }'],
    ['a.ts', '@Injectable() class A { constructor(@Inject() private readonly b: B) {} }'],
    ['a.cts', 'import a = require("a");\nexport = a;'],
    ['a.d.ts', 'declare module "x" { export class A {} }\ninterface A { b: string }\ndeclare const A: A;'],
    ['a.tsx', 'const a = <T,>(x: T) => <b>{x as string}</b>;'],
    ['translation.ts', '<?xml version="1.0"?><!DOCTYPE TS><TS></TS>'],
    ['a.css', '@layer a;\n.a { --x: {}; & > b { color: rgb(0 0 0 / 50%) } @media (width > 1px) { c: d } }'],
    ['a.css', '@charset "utf-8"; *{*zoom:1} .a\\:b{background:url(data:image/png;base64,iVBO=)} /* x */'],
    ['a.yaml', 'a: &x [1, 2]\nb: *x\nc: !Ref d\n<<: {e: 1}\n<<: {f: 2}\n---\n- |\n  text\n'],
    ['a.scss', '.a { color: red'],
    ['a.md', '```js\nconst = ;'],
  ])('has nothing to say about a good file: %s %j', async (path, content) => {
    expect(await checkSyntax(path, content)).toEqual([]);
  });

  it.each([
    ['a.js', 'const a = 1;\nconst b = {;', 'javascript/unexpected-token', 2],
    ['a.js', 'let a;\nlet a;', 'javascript/var-redeclaration', 2],
    ['a.js', '"\nx"', 'javascript/unterminated-string', 1],
    ['a.mjs', 'export { missing };', 'javascript/module-export-undefined', 1],
    ['a.jsx', 'const a = <p>;', 'javascript/unterminated-jsx-content', 1],
    ['a.js', '```js\nconst a = 1;\n```\nHere is the file.', 'javascript/', 4],
    ['a.js', 'const a: number = 1;', 'javascript/declaration-missing-initializer', 1],
    ['a.ts', 'interface A {\n  b: string,\n  c\n', 'typescript/unexpected-token', 4],
    ['a.ts', 'function f(a: ) {}', 'typescript/unexpected-token', 1],
    ['a.css', 'a {\n  color: red;\n', 'css/unclosed-block', 1],
    ['a.css', 'a {}\n}', 'css/unexpected', 2],
    ['a.css', 'a {\n  color red\n}', 'css/unknown-word', 2],
    ['a.css', 'a { b: "c }\n', 'css/unclosed-string', 1],
    ['a.yaml', 'a: 1\nb: [1, 2\nc: 3\n', 'yaml/', 3],
    ['a.yml', 'a:\n\t- b', 'yaml/', 2],
    ['a.yml', 'a: 1\nb: 2\na: 3', 'yaml/duplicate-key', 3],
    ['a.yml', 'a: "b', 'yaml/missing-char', 1],
  ])('reports what is wrong in %s %j', async (...[path, content, rule, line]) => {
    const [first = ''] = await checkSyntax(path, content);

    expect(first).toMatch(new RegExp(`^error ${rule}[a-z-]* ${path.replace('.', '\\.')}:`, 'u'));
    expect(first.split(':')[1]).toBe(String(line));
  });

  it('says in one sentence what is wrong', async () => {
    const [finding] = await syntaxCheck(read).inspect(filesOf({ 'a.py': 'def f()\n    pass\n' }));

    expect(finding).toEqual({
      severity: 'error',
      source: 'syntax',
      rule: 'python/invalid-syntax',
      description: 'Not valid Python: Expected `:`, found newline.',
      file: 'a.py',
      line: 1,
    });
  });

  it('does not judge what a template engine fills in', async () => {
    const findings = await syntaxCheck(read).inspect(
      filesOf({ 'deploy.yaml': '{{- if .Values.a }}\na: 1\n{{- end }}\n', 'a.js': 'const a = {% url %};' }),
    );

    expect(summarise(findings)).toEqual(['note template deploy.yaml:1', 'note template a.js:1']);
  });

  it('L6: reads a line of two million characters, and says of what is larger that it was not checked', async () => {
    const large = 'a = 1;'.repeat(1_700_000);
    const files = filesOf({
      'line.js': 'f(1, [2]);'.repeat(200_000),
      'line.css': 'a{color:red}'.repeat(160_000),
      'line.json': `[${'1,'.repeat(1_000_000)}1]`,
      'line.html': `<p>${'word '.repeat(400_000)}</p>`,
      'large.js': large,
      'large.css': large,
      'large.py': large,
      'large.yaml': large,
      'large.json': large,
      'large.html': large,
      'line.py': 'a = 1;'.repeat(20_000),
    });

    const checks = [syntaxCheck(read), dangerCheck(read), htmlCheck(), jsonCheck()];
    const findings = await Promise.all(checks.map((check) => check.inspect(files)));

    expect(summarise(findings.flat())).toEqual(
      ['large.js', 'large.css', 'large.py', 'large.yaml', 'line.py', 'large.html', 'large.json'].map(
        (file) => `warning not-checked ${file}:0`,
      ),
    );
  });

  it.each([
    ['deep.js', '['.repeat(500_000)],
    ['deep.py', '('.repeat(40_000)],
    ['deep.yaml', '['.repeat(500_000)],
  ])('goes on after a file that is nested too deeply: %s', async (path, content) => {
    const findings = await syntaxCheck(read).inspect(filesOf({ [path]: content, 'b.py': 'x = (' }));

    expect(summarise(findings)).toEqual([
      `warning not-checked ${path}:0`,
      'error python/invalid-syntax b.py:1',
    ]);
  });
});

describe('syntaxCheck, Python', () => {
  it.each([
    'match x:\n    case [1, *rest] if rest: pass\n    case A(x=1) | B(): pass\n    case _: pass\n',
    'type X[T] = list[T]\n',
    'def f[T: int](a: T, /, b=1, *, c, **k) -> T: ...\n',
    'print(f"{x!r:>{w}} {y=} {{}} {d["a"]}")\n',
    'async def f():\n    async with a as b, c: pass\n    return [z async for z in y]\n',
    'with (open("a") as f, open("b") as g):\n    pass\n',
    'if (n := 10) > 5: pass\n',
    'try:\n    pass\nexcept* ValueError as e:\n    pass\n',
    'def f():\n    x = yield\n    yield\n',
    '@a.b(c)[1]\nclass A(B, metaclass=C): x: int = 1.\n',
    'match = case = type = 1\nprint(match, type, end="")\n',
    'x = 0xFF + 1_000 + 1e-5j + 5.\ns = rb"\\x" b"a"\n',
    'x = \\\n  1\n\f\ndel x\n',
    'x = [i for i in a if b for j in k]\na[1:2, ::3, ...]\n',
    '\uFEFF"""doc"""\r\nfrom __future__ import annotations\r\n',
  ])('has nothing to say about %j', async (content) => {
    expect(await checkSyntax('a.py', content)).toEqual([]);
  });

  it.each([
    'def f()\n    return 1\n',
    'if x = 1:\n  pass\n',
    'print "a"\n',
    'x = (1, 2\n',
    'for i in range(3)\n  pass\n',
    'def f():\nreturn 1\n',
    '  x = 1\ny = 2\n',
    'if x:\n    a\n  b\n',
    's = "abc\n',
    'from x import\n',
    'try:\n  x\n',
    'f(a=1, 2)\n',
    '1 = x\n',
    'def f():\n\tx\n        y\n',
    '```python\nx = 1\n```\n',
    'break\n',
    'return 1 # noqa\n',
    '# ruff: noqa\nawait x\n',
  ])('finds what Python would refuse in %j', async (content) => {
    const found = await checkSyntax('a.py', content);

    expect(found.length).toBeGreaterThan(0);
    expect(found.every((line) => line.startsWith('error python/'))).toBe(true);
  });

  it.each(['import missing\n', 'undefined_name()\n', 'x: int = "text"\n', 'def f(): pass\nf(1)\n'])(
    'does not find what only running it would show: %j',
    async (content) => {
      expect(await checkSyntax('a.py', content)).toEqual([]);
    },
  );
});

describe('dangerCheck', () => {
  const dangersIn = async (path: string, content: string) => {
    const findings = await dangerCheck(read).inspect(filesOf({ [path]: content }));
    expect(findings.every(({ severity, source }) => severity === 'warning' && source === 'danger')).toBe(
      true,
    );
    return findings.map(({ rule = '', line = 0, quote = '' }) => `${rule}:${String(line)} ${quote}`);
  };

  it.each([
    ['eval(input);', 'eval:1 eval(input)'],
    ['window.eval(a + b)', 'eval:1 window.eval(a + b)'],
    ['new Function("a", body)', 'new-function:1 new Function("a", body)'],
    ['import { exec as run } from "node:child_process";\nrun(`ls ${x}`)', 'shell:2 run(`ls ${x}`)'],
    ['const cp = require("child_process"); cp.execSync("ls " + x)', 'shell:1 cp.execSync("ls " + x)'],
    ['const { exec } = require("child_process");\nexec("a" + b)', 'shell:2 exec("a" + b)'],
    ['require("node:child_process").exec(`${x} b`)', 'shell:1 require("node:child_process").exec(`${x} b`)'],
    ['a.b.innerHTML = `<b>${name}</b>`', 'inner-html:1 a.b.innerHTML = `<b>${name}</b>`'],
    ['a.outerHTML += x ? "a" : y', 'inner-html:1 a.outerHTML += x ? "a" : y'],
    ['a.insertAdjacentHTML("beforeend", x)', 'inner-html:1 a.insertAdjacentHTML("beforeend", x)'],
    ['document.write("<p>")', 'document-write:1 document.write("<p>")'],
    ['db.query("SELECT a FROM b WHERE c = " + d)', 'sql-text:1 db.query("SELECT a FROM b WHERE c = " + d)'],
    ['db.run(`update ${table} set a = 1`)', 'sql-text:1 db.run(`update ${table} set a = 1`)'],
    ['db.all(`delete from a where b=${c}`)', 'sql-text:1 db.all(`delete from a where b=${c}`)'],
    ['\\u0065val(x)', 'eval:1 \\u0065val(x)'],
  ])('finds in JavaScript and TypeScript: %s', async (content, finding) => {
    expect(await dangersIn('a.js', content)).toEqual([finding]);
    expect(await dangersIn('a.ts', content)).toEqual([finding]);
  });

  it.each([
    'eval("1 + 1"); new Function("return this"); // eval(x)',
    'const text = "eval(x); document.write(y)"; /eval(x)/.exec(text + y);',
    'import { execFile } from "node:child_process"; execFile("ls", [x]);',
    'import { exec } from "node:child_process"; exec("ls " + "-l");',
    'a.innerHTML = "<b>" + "x</b>" + `y`; b = a.innerHTML;',
    'a.textContent = x; model.eval(x); a.insertAdjacentHTML("beforeend", "<hr>");',
    'db.query("SELECT a FROM b WHERE c = ?", [d]); sql`SELECT ${a}`; db.query(`Select ${a}`.length);',
    'menu.run("Select " + name)',
  ])('leaves alone what never varies or is something else: %s', async (content) => {
    expect(await dangersIn('a.js', content)).toEqual([]);
  });

  it('finds in Python, whatever comments say', async () => {
    const content = [
      'import os, subprocess as sp, pickle',
      'from os import system as run',
      'eval(x)  # noqa',
      'exec(y)',
      'os.system(z)',
      'run("ls " + z)',
      'sp.run(x, shell=True)',
      'pickle.loads(q)',
      'cursor.execute(f"SELECT * FROM a WHERE b={d}")',
      'model.eval(); "eval(x)"; sp.run(["ls", x]); cursor.execute("SELECT ?", (d,))  # eval(x)',
    ].join('\n');

    expect(await dangersIn('a.py', content)).toEqual([
      'eval:3 eval(x)  # noqa',
      'exec:4 exec(y)',
      'shell:5 os.system(z)',
      'shell:6 run("ls " + z)',
      'shell:7 sp.run(x, shell=True)',
      'unpickle:8 pickle.loads(q)',
      'sql-text:9 cursor.execute(f"SELECT * FROM a WHERE b={d}")',
    ]);
  });

  it('has the dangers of a long list, in the order of their lines', async () => {
    const findings = await dangersIn('a.js', `[${'1,'.repeat(200_000)}1];\n${'eval(x);\n'.repeat(200)}`);

    expect(findings).toEqual(Array.from({ length: 200 }, (_, index) => `eval:${String(index + 2)} eval(x)`));
  });
});
