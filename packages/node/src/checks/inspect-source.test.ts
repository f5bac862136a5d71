import { describe, expect, it } from 'vitest';

import { inspectSource } from './inspect-source.ts';
import type { SourceLanguage } from './source-problem.ts';

async function rulesIn(language: SourceLanguage, content: string, path = 'file'): Promise<readonly string[]> {
  const problems = await inspectSource({ path, language, content });
  return problems.map(({ kind, rule, line }) => `${kind} ${rule} ${String(line)}`);
}

describe('inspectSource', () => {
  it.each<[SourceLanguage, string, readonly string[]]>([
    ['javascript', 'a = 1;\n', []],
    ['javascript', 'a = ;\n', ['syntax unexpected-token 1']],
    ['javascript', 'const { exec: run } = require("child_process");\nrun("a" + b);', ['danger shell 2']],
    ['javascript', 'import * as cp from "child_process";\ncp?.exec(`a ${b}`);', ['danger shell 2']],
    ['javascript', 'a[0].innerHTML = c ? "" : d;\nb[innerHTML] = "";', ['danger inner-html 1']],
    ['javascript', 'db.query(`SELECT ${a - 1} FROM b`);\neval(c);', ['danger sql-text 1', 'danger eval 2']],
    ['typescript', 'a = b as string;\nlet c;\nlet c;\nexport { d };', []],
    ['typescript', 'a.innerHTML = (b as string)!;\nclass C { x = }', ['syntax unexpected-token 2']],
    ['css', 'a { b: c }', []],
    ['css', 'a { b: {{ c }}', ['template template 1']],
    ['css', 'a {\n', ['syntax unclosed-block 1']],
    ['yaml', 'a: 1\n? [b]\n: 2\n', []],
    ['yaml', 'a: {b: 1, b: 2}\n---\nc: [\n', ['syntax bad-indent 4']],
    ['yaml', 'a: {b: 1, b: 2}\n', ['syntax duplicate-key 1']],
    ['python', 'a = 1\n', []],
    ['python', 'a = (\n', ['syntax invalid-syntax 2']],
    ['python', 'if a:\n    eval(b)  # noqa: S307\n', ['danger eval 2']],
  ])('finds in %s: %j', async (language, content, rules) => {
    expect(await rulesIn(language, content)).toEqual(rules);
  });

  it('takes the kind of a script from its name', async () => {
    expect(await rulesIn('javascript', 'export default 1', 'a.cjs')).toEqual([
      'syntax import-outside-module 1',
    ]);
    expect(await rulesIn('javascript', 'with (a) b;', 'a.mjs')).toEqual(['syntax strict-with 1']);
    expect(await rulesIn('typescript', '<A>b', 'a.ts')).toEqual([]);
  });

  it.each<[SourceLanguage, string]>([
    ['javascript', '['.repeat(500_000)],
    ['python', `a = "${'x'.repeat(60_000)}"`],
    ['yaml', '['.repeat(500_000)],
  ])('throws for %s it cannot read', async (language, content) => {
    await expect(rulesIn(language, content)).rejects.toThrow(RangeError);
  });
});
