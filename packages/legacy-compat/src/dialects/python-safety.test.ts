import { sha256, type WorkspaceFile } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { inspectPython, tellSafety } from './python-safety.ts';

describe('inspectPython', () => {
  it.each([
    ['eval(x)', 'error', 'eval'],
    ['x = 1\nexec("1")', 'error', 'exec'],
    ['import os\nos . system("ls")', 'error', 'os-system'],
    ['subprocess.run("a",\n  shell = True)', 'error', 'subprocess-shell'],
    ['def f(:\n  pass', 'error', 'syntax'],
    ['print "a"', 'error', 'syntax'],
    ['compile("1", "f", "eval")', 'warning', 'compile'],
    ['__import__("os")', 'warning', 'import'],
    ['pickle.load(f)', 'warning', 'pickle'],
    ['try:\n  a()\nexcept:\n  pass', 'warning', 'bare-except'],
    [`def f():\n${'  a()\n'.repeat(201)}`, 'warning', 'long-function'],
  ])('finds in %j one %s: %s', (content, severity, rule) => {
    const findings = inspectPython([toFile('a.py', content)]);

    expect(findings).toEqual([expect.objectContaining({ severity, rule, file: 'a.py' })]);
  });

  it.each([
    ['# eval(x)\ns = "exec(y)"'],
    ['model.eval()'],
    ['subprocess.run(["a"], shell=False)'],
    ['try:\n  a()\nexcept ValueError:\n  pass'],
    [`def f():\n${'  a()\n'.repeat(150)}`],
    [''],
  ])('finds nothing in %j', (content) => {
    expect(inspectPython([toFile('a.py', content)])).toEqual([]);
  });

  it('looks at Python alone, outside hidden folders', () => {
    expect(inspectPython([toFile('a.js', 'eval(x)'), toFile('.history/a.py', 'eval(x)')])).toEqual([]);
  });
});

describe('tellSafety', () => {
  it('tells the place of each error, and of no warning', () => {
    const findings = inspectPython([toFile('a.py', 'x = 1\neval(x)\ncompile(x)')]);

    expect(tellSafety(findings)).toEqual(['Safety: a.py, line 2: eval runs text as a program.']);
  });
});

function toFile(path: string, content: string): WorkspaceFile {
  return { path, content, hash: sha256(content) };
}
