import { isScriptPath } from './script-source.ts';

/** Whether a path is that of a source that can be read. */
export function isSourcePath(path: string): boolean {
  return isPythonPath(path) || isScriptPath(path);
}

/** Whether a path is that of a Python source. */
export function isPythonPath(path: string): boolean {
  return /\.py[iw]?$/u.test(path);
}

/** What a text without such a name is: its first line says what runs it. */
export function kindOfText(text: string): 'python' | 'script' | 'text' {
  const [first = ''] = text.split('\n', 1);
  if (/^#!.*\bpython[\d.]*\b/u.test(first)) return 'python';
  return /^#!.*\b(?:node|deno|bun|tsx|ts-node)\b/u.test(first) ? 'script' : 'text';
}

/** What is told of lines that were not understood. */
export function problemOf(lines: readonly number[]): { readonly problem?: string } {
  if (lines.length === 0) return {};
  const shown = lines.slice(0, 5).join(', ');
  return { problem: `not understood: line ${shown}${lines.length > 5 ? ' and more' : ''}` };
}
